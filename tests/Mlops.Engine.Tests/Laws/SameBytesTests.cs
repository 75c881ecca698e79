using CsCheck;

namespace Mlops.Engine.Tests.Laws;

/// <summary>
/// The same graph gives the same keys and bytes in every folder and culture, and on any number of threads.
/// </summary>
public sealed class SameBytesTests
{
    [Fact]
    public void KeysAndArtifactsDependOnNoFolderCultureOrNumberOfThreads() =>
        Gen.Select(GraphShape.Gen, Gen.Long[-4, 4].Array[GraphShape.SourceCount]).Sample(
            (shape, numbers) =>
            {
                var plain = Made(shape, numbers, 1, false);
                Made(shape, numbers, 2, true).ShouldBe(plain);
                Made(shape, numbers, 8, true).ShouldBe(plain);
            },
            iter: 2, threads: 1);

    static List<string> Made(GraphShape shape, long[] numbers, int workers, bool odd)
    {
        using var world = new World(shape, numbers);
        using var process = RunningProcess.Start(Path.Combine(world.Sources, "..", "asked"), new RunAsked(
            world.Shape, world.State, world.WorkspaceDirectory,
            world.Sources, new(world.Names), workers, 0, odd));
        RunningProcess.Done(process).GetAwaiter().GetResult();
        return
        [
            .. ((string[])["cas", "traces", "steps"]).SelectMany(folder => Directory.EnumerateFiles(
                Path.Combine(world.WorkspaceDirectory, folder), "*", SearchOption.AllDirectories))
                .Select(path => Path.GetRelativePath(world.WorkspaceDirectory, path))
                .Order(StringComparer.Ordinal),
        ];
    }
}
