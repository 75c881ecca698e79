using System.Globalization;
using Mlops.Benchmarks;
using Mlops.Benchmarks.Ahead;
using Mlops.Benchmarks.Data;
using Mlops.Benchmarks.Rows;

// Some words are processes of their own, to be measured like any other.
switch (args)
{
    case ["digest-files", .. var files]:
        return InProcess.DigestFiles(files);
    case ["duckdb-parquet", var csv, var parquet]:
        return DataPeers.DuckDb(csv, parquet);
    case ["text-loader", var csv]:
        return DataPeers.TextLoader(csv);
    case ["data-frame", var csv]:
        return DataPeers.LoadCsv(csv);
    case ["profile-work", var what, var parquet]:
        return await ProfileWork.Run(what, parquet);
    case ["ahead-methods"]:
        return AheadMethods.Record();
    case ["trivial-graph", var workspace, var count, var salt]:
        return await InProcess.RunGraph(workspace, count, salt);
}

Dictionary<string, Func<Playground, IEnumerable<Row>>> groups = new()
{
    ["start"] = StartRows.All,
    ["samples"] = SampleRows.All,
    ["files"] = FileRows.All,
    ["cells"] = CellRows.All,
    ["data"] = DataRows.All,
    ["digests"] = DigestRows.All,
    ["functions"] = FunctionRows.All,
    ["programs"] = ProgramRows.All,
    ["profiles"] = ProfileRows.All,
};
int? times = args is [.., "--times", var number] ? int.Parse(number, CultureInfo.InvariantCulture) : null;
if (times is not null)
    args = args[..^2];
if (args.Length == 0 || args.Any(word => word != "all" && !groups.ContainsKey(word.Split('/')[0])))
{
    Console.Error.WriteLine($"""
        Measures the build against other tools, and rewrites RESULTS.md when all is asked for.

          dotnet run --project tests/Mlops.Benchmarks -c Release -- all
          dotnet run --project tests/Mlops.Benchmarks -c Release -- {string.Join(' ', groups.Keys)}
          dotnet run --project tests/Mlops.Benchmarks -c Release -- files/one-changed --times 1
        """);
    return 2;
}

using var playground = new Playground();
var results = new Results();
foreach (var (name, rows) in groups)
    if (args.Any(word => word == "all" || word.Split('/')[0] == name))
        foreach (var row in rows(playground))
            if (args.Any(word => word == "all" || word == name || word == $"{name}/{row.Name}"))
                results.Add(name, (times is null ? row : row with { Repetitions = times.Value }).Measure());
Console.Write(results.Text);
if (args.Contains("all") && times is null)
    File.WriteAllText(Path.Combine(playground.Root, "tests", "Mlops.Benchmarks", "RESULTS.md"), results.Text);
return results.HasErrors ? 1 : 0;
