namespace Mlops.Targets;

/// <summary>
/// A verb that a person can ask for: an instance property of the build class or of an interface of it, whose
/// name is the target's name, and whose lambda says what it does and what it follows.
/// </summary>
public delegate ITargetDefinition Target(ITargetDefinition definition);

/// <summary>
/// A target that prepares something: see <see cref="ITargetDefinition.DependsOnContext{T}"/>.
/// </summary>
public delegate ITargetDefinition Setup(ITargetDefinition definition);

/// <summary>
/// A target that ends what a setup has prepared; it runs even if the build fails meanwhile.
/// </summary>
public delegate ITargetDefinition Cleanup(ITargetDefinition definition);
