using Mlops.Benchmarks.Rows;

namespace Mlops.Benchmarks.Ahead;

/// <summary>
/// Finds what cold builds still compile while they run, and writes it down beside
/// <c>build/AheadOfTime.targets</c>: in words to be read and edited, and as the profile that is used.
/// </summary>
static class AheadMethods
{
    const string Summary = "DOTNET_JitDisasmSummary", Output = "DOTNET_JitStdOutFile";

    public static int Record()
    {
        using var playground = new Playground();
        var build = Path.Combine(playground.Root, "build");
        var list = Path.Combine(build, "AheadOfTime.methods");
        var known = File.Exists(list) ? File.ReadAllLines(list) : [];
        var finder = new MethodFinder(Published(playground.Root));
        // What is precompiled already is not compiled again: it is kept for as long as it is there.
        var found = known.Concat(Jitted(playground)).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).Select(name => (Name: name, Methods: finder.Find(name)))
            .Where(each => each.Methods.Count > 0).ToList();
        File.WriteAllText(list, string.Concat(found.Select(each => each.Name + "\n")));
        AheadProfile.Write(
            Path.Combine(build, "AheadOfTime.mibc"), found.SelectMany(each => each.Methods));
        Console.WriteLine($"{found.Count} names, {found.Count - known.Length:+0;-0;0}");
        return 0;
    }

    static string Published(string root)
    {
        var folder = Path.Combine(root, ".artifacts", "publish");
        return Path.Combine(folder, File.ReadAllText(Path.Combine(folder, "current")).Trim());
    }

    static List<string> Jitted(Playground playground)
    {
        SampleRows.Copy(playground, "samples");
        var raw = FileRows.Write(playground);
        List<string> names =
        [
            .. Run(playground, "samples", "Report"), .. Run(playground, "files", "Validate"),
        ];
        playground.Settle("samples");
        playground.Settle("files", "Validate");
        names.AddRange([.. Run(playground, "samples"), .. Run(playground, "files", "Validate")]);
        foreach (var target in new[] { "Ingest", "Validate" })
        {
            FileRows.Change(raw, target.Length);
            names.AddRange(Run(playground, "files", target));
        }
        return names;
    }

    static IEnumerable<string> Run(Playground playground, string name, params string[] arguments)
    {
        var summary = Path.Combine(playground.Folder("jitted"), "summary.txt");
        File.Delete(summary);
        Environment.SetEnvironmentVariable(Summary, "1");
        Environment.SetEnvironmentVariable(Output, summary);
        var sample = ChildProcess.Run(playground.Build(name, arguments), playground.Root);
        Environment.SetEnvironmentVariable(Summary, null);
        Environment.SetEnvironmentVariable(Output, null);
        return sample.ExitCode == 0
            ? JittedMethods.In(File.ReadAllText(summary))
            : throw new InvalidOperationException(sample.Output);
    }
}
