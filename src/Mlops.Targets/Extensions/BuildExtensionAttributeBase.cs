namespace Mlops.Targets;

/// <summary>
/// Something that a build class carries as an attribute and that is called at what happens: it implements the
/// interfaces of the moments that it wants, <see cref="IOnTargetFailed"/> for instance.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class BuildExtensionAttributeBase : Attribute, IBuildExtension
{
    /// <summary>The build that carries it.</summary>
    public ITargetBuild? Build { get; internal set; }

    /// <summary>Greater ones are called first.</summary>
    public virtual float Priority => 0;
}

/// <summary>What all moments have in common.</summary>
public interface IBuildExtension
{
    float Priority { get; }
}

/// <summary>Parameters are bound; nothing is planned.</summary>
public interface IOnBuildCreated : IBuildExtension
{
    void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets);
}

/// <summary>The plan is known; conditions and requirements have not been asked.</summary>
public interface IOnBuildInitialized : IBuildExtension
{
    void OnBuildInitialized(
        IReadOnlyCollection<ExecutableTarget> executableTargets,
        IReadOnlyCollection<ExecutableTarget> executionPlan);
}

/// <summary>All targets are over; the closing table is not yet printed.</summary>
public interface IOnBuildFinished : IBuildExtension
{
    void OnBuildFinished();
}

public interface IOnTargetRunning : IBuildExtension
{
    void OnTargetRunning(ExecutableTarget target);
}

public interface IOnTargetSkipped : IBuildExtension
{
    void OnTargetSkipped(ExecutableTarget target);
}

public interface IOnTargetSucceeded : IBuildExtension
{
    void OnTargetSucceeded(ExecutableTarget target);
}

public interface IOnTargetFailed : IBuildExtension
{
    void OnTargetFailed(ExecutableTarget target);
}

/// <summary>A target has noted something for the closing table.</summary>
public interface IOnTargetSummaryUpdated : IBuildExtension
{
    void OnTargetSummaryUpdated(ITargetBuild build, ExecutableTarget target);
}
