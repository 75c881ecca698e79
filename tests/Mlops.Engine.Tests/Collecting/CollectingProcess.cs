using System.Globalization;
using Mlops.Engine.Tests.Crashing;

namespace Mlops.Engine.Tests.Collecting;

/// <summary>
/// In a process of its own, puts into a workspace what nobody needs, and collects it, over and over.
/// </summary>
static class CollectingProcess
{
    public const string Name = "collect-over-and-over";

    const int OfEach = 50;

    public static async Task<int> Run(string root, string times)
    {
        var bench = new Bench(root);
        var unwanted = Unwanted(bench.Open());
        Console.WriteLine("begun");
        for (var time = 0; time < int.Parse(times, CultureInfo.InvariantCulture); time++)
        {
            foreach (var (path, content) in unwanted)
                File.WriteAllBytes(path, content);
            await new Project(bench).Collect();
        }
        return 0;
    }

    /// <summary>Notes and histories of a pipeline that is no more, traces and artifacts of none.</summary>
    static Dictionary<string, byte[]> Unwanted(Workspace workspace)
    {
        var paths = new List<string>();
        for (var number = 0; number < OfEach; number++)
        {
            var text = number.ToString(CultureInfo.InvariantCulture);
            var digest = Digest.Of(System.Text.Encoding.ASCII.GetBytes(text));
            workspace.Remember(new NoteName("last", "gone", text), "7"u8);
            workspace.Steps.SetLastKey(new StepName("gone", text, "Only"), digest);
            string[] own = [workspace.Traces.PathOf(digest), workspace.Artifacts.PathOf(digest)];
            foreach (var path in own)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, text);
                paths.Add(path);
            }
        }
        foreach (var folder in (string[])["notes", "steps"])
            paths.AddRange(Directory.GetFiles(Path.Combine(workspace.Location, folder)));
        return paths.ToDictionary(path => path, File.ReadAllBytes);
    }
}
