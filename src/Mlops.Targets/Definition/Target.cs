namespace Mlops.Targets;

/// <summary>
/// A verb that a person can ask for: an instance property of the build class, whose name is the target's
/// name, and whose lambda says what it does and what it follows.
/// </summary>
public delegate ITargetDefinition Target(ITargetDefinition definition);
