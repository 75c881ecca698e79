using System.Diagnostics;
using System.Globalization;

namespace Mlops.Engine.Tests.Crashing;

/// <summary>
/// Builds the project in a process of its own, which ends itself without warning before a change on disk.
/// </summary>
static class BuildingProcess
{
    public const string Name = "build-the-project";

    /// <summary>What it prints when it came to its end: how many changes there were.</summary>
    public const string Survived = "survived";

    /// <summary>Root, what to do, and before which change to die; 0 never.</summary>
    public static async Task<int> Run(string[] arguments)
    {
        var (root, story, dieAt) =
            (arguments[0], arguments[1], int.Parse(arguments[2], CultureInfo.InvariantCulture));
        var changes = 0;
        using var self = Process.GetCurrentProcess();
        var project = new Project(new Bench(root));
        Console.WriteLine("begun");
        foreach (var deed in story.Split(','))
            await Do(project, deed, Changing);
        Console.WriteLine($"{Survived} {changes}");
        return 0;

        void Changing(string what)
        {
            if (Interlocked.Increment(ref changes) != dieAt)
                return;
            self.Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }

    /// <param name="deed">A version to build, by as many workers: <c>2x4</c>; or <c>gc</c>.</param>
    static async Task Do(Project project, string deed, Action<string> changing)
    {
        if (deed == "gc")
            await project.Collect(changing);
        else if (deed.Split('x') is [var version, var workers])
            await project.Build(Number(version), changing, Number(workers));
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
