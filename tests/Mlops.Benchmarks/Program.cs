using Mlops.Benchmarks;
using Mlops.Benchmarks.Rows;

// Two words are processes of their own, to be measured like any other.
switch (args)
{
    case ["digest-files", .. var files]:
        return InProcess.DigestFiles(files);
    case ["trivial-graph", var workspace, var count, var salt]:
        return await InProcess.RunGraph(workspace, count, salt);
}

Dictionary<string, Func<Playground, IEnumerable<Row>>> groups = new()
{
    ["start"] = StartRows.All,
    ["samples"] = SampleRows.All,
    ["files"] = FileRows.All,
    ["cells"] = CellRows.All,
    ["digests"] = DigestRows.All,
    ["steps"] = StepRows.All,
};
if (args.Length == 0 || args.Any(word => word != "all" && !groups.ContainsKey(word.Split('/')[0])))
{
    Console.Error.WriteLine($"""
        Measures the build against other tools, and rewrites RESULTS.md when all is asked for.

          dotnet run --project tests/Mlops.Benchmarks -c Release -- all
          dotnet run --project tests/Mlops.Benchmarks -c Release -- {string.Join(' ', groups.Keys)}
          dotnet run --project tests/Mlops.Benchmarks -c Release -- files/one-changed
        """);
    return 2;
}

using var playground = new Playground();
var results = new Results();
foreach (var (name, rows) in groups)
    if (args.Any(word => word == "all" || word.Split('/')[0] == name))
        foreach (var row in rows(playground))
            if (args.Any(word => word == "all" || word == name || word == $"{name}/{row.Name}"))
                results.Add(name, row.Measure());
Console.Write(results.Text);
if (args.Contains("all"))
    File.WriteAllText(Path.Combine(playground.Root, "tests", "Mlops.Benchmarks", "RESULTS.md"), results.Text);
return results.HasErrors ? 1 : 0;
