using System.Reflection;

namespace Mlops.Targets;

/// <summary>
/// Calls the extensions that a build class carries, then the build's own method of the same moment.
/// </summary>
sealed class BuildExtensions
{
    readonly TargetBuild build;
    readonly IReadOnlyList<IBuildExtension> extensions;

    public BuildExtensions(TargetBuild build)
    {
        this.build = build;
        var carried = build.GetType()
            .GetCustomAttributes<BuildExtensionAttributeBase>(inherit: true).ToList();
        carried.ForEach(extension => extension.Build = build);
        extensions = carried.Count < 2
            ? carried
            : [.. carried.OrderByDescending(extension => extension.Priority)];
    }

    public void Created(IReadOnlyCollection<ExecutableTarget> all)
    {
        Call<IOnBuildCreated>(extension => extension.OnBuildCreated(all));
        build.OnBuildCreated();
    }

    public void Initialized(
        IReadOnlyCollection<ExecutableTarget> all, IReadOnlyCollection<ExecutableTarget> plan)
    {
        Call<IOnBuildInitialized>(extension => extension.OnBuildInitialized(all, plan));
        build.OnBuildInitialized();
    }

    public void Finished()
    {
        Call<IOnBuildFinished>(extension => extension.OnBuildFinished());
        build.OnBuildFinished();
    }

    public void Running(ExecutableTarget target)
    {
        Call<IOnTargetRunning>(extension => extension.OnTargetRunning(target));
        build.OnTargetRunning(target.Name);
    }

    public void Skipped(ExecutableTarget target)
    {
        Call<IOnTargetSkipped>(extension => extension.OnTargetSkipped(target));
        build.OnTargetSkipped(target.Name);
    }

    public void Succeeded(ExecutableTarget target)
    {
        Call<IOnTargetSucceeded>(extension => extension.OnTargetSucceeded(target));
        build.OnTargetSucceeded(target.Name);
    }

    public void Failed(ExecutableTarget target)
    {
        Call<IOnTargetFailed>(extension => extension.OnTargetFailed(target));
        build.OnTargetFailed(target.Name);
    }

    public void SummaryUpdated(ExecutableTarget target) =>
        Call<IOnTargetSummaryUpdated>(extension => extension.OnTargetSummaryUpdated(build, target));

    /// <summary>What still runs after a cancellation is not cancelled: its token is a fresh one.</summary>
    public void Uncancel() => build.Cancellation = CancellationToken.None;

    void Call<T>(Action<T> call) where T : IBuildExtension
    {
        foreach (var extension in extensions.OfType<T>())
            call(extension);
    }
}
