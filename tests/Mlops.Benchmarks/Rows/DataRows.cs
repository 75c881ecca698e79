using System.Globalization;
using System.Text;
using Mlops.Benchmarks.Data;

namespace Mlops.Benchmarks.Rows;

/// <summary>A large CSV, and many that come day after day.</summary>
static class DataRows
{
    const int Rows = 5_000_000;
    const int Days = 365;
    const int RowsOfADay = Rows / Days;
    const int RowsOfALargeDay = 50_000;
    const long MostAddedBytes = 16 << 20;

    const string Declared = """
          columns:
            id: integer
            customer: text
            region: text
            product: text
            channel: text
            quantity: integer
            price: real
            discount: real
            latitude: real
            longitude: real
            ordered: date
            shipped: timestamp
            returned: boolean
            score: integer
            note: text

        """;

    public static IEnumerable<Row> All(Playground playground)
    {
        var csv = MixedCsv.Of(Rows);
        yield return Whole(playground, csv);
        var large = Pipeline(playground, "large", "");
        File.Copy(csv, Path.Combine(large, "data.csv"));
        playground.Settle("large", "Ingest");
        yield return Edited(playground, "append-row", "one row appended to it", file =>
        {
            file.Seek(0, SeekOrigin.End);
            file.Write(
                [
                    .. "5000001,C0000001,north,P001,web,1,1.25,,50.000,8.000,"u8,
                    .. "2026-01-01,2026-01-02T03:04:05,false,7,std\n"u8,
                ]);
        });
        yield return Edited(playground, "edit-row", "one cell of a row in its middle edited", EditMiddle);
        yield return FirstYear(
            playground, "days", "365-days", RowsOfADay, "a year of daily files, 13,698 rows and 1.5 MB each");
        yield return OneMoreDay(playground, "days", "one-more-day", RowsOfADay, "one more day");
        yield return FirstYear(
            playground, "large-days", "365-large-days", RowsOfALargeDay,
            "a year of larger daily files, 50,000 rows and 5.3 MB each");
        yield return OneMoreDay(
            playground, "large-days", "one-more-large-day", RowsOfALargeDay, "one more such day");
    }

    static Row Whole(Playground playground, string csv)
    {
        foreach (var (name, columns) in (ReadOnlySpan<(string, string)>)[("inferred", ""),
            ("declared", Declared)])
            if (Path.Combine(Pipeline(playground, name, columns), "data.csv") is var copy
                && !File.Exists(copy))
                File.Copy(csv, copy);
        var tenth = MixedCsv.Of(Rows / 10);
        var all = FormattableString.Invariant($"{Rows} rows");
        var folder = playground.Folder("peers");
        return new Row(
            "csv-to-parquet",
            "5,000,000 rows of 15 columns, 530 MB, to Parquet with a profile of each column, from nothing. "
                + "Ours first with the types inferred, then declared; DuckDB with COPY and SUMMARIZE; "
                + "ML.NET's TextLoader reads only; DataFrame.LoadCsv reads a tenth of the rows; "
                + "pandas reads and describes, then reads and tells what ours tells of each column; without "
                + "pyarrow it writes no Parquet",
            [
                Fresh(playground, "inferred") with { Name = "`build.sh Ingest`, inferred" },
                Fresh(playground, "declared") with { Name = "`build.sh Ingest`, declared" },
                new Contender(
                    "DuckDB", [.. Playground.Self, "duckdb-parquet", csv,
                        Path.Combine(folder, "duck.parquet")], folder, all),
                new Contender(
                    "ML.NET TextLoader", [.. Playground.Self, "text-loader", csv], folder, all, Most: 1),
                new Contender(
                    "DataFrame.LoadCsv of 500,000 rows", [.. Playground.Self, "data-frame", tenth], folder,
                    FormattableString.Invariant($"{Rows / 10} rows"), Most: 1),
                .. HasPandas
                    ? [
                        new Contender("pandas, described", DataPeers.Pandas(csv), folder, all, Most: 1),
                        new Contender(
                            "pandas, all of the profile", DataPeers.PandasProfile(csv), folder, all, Most: 1),
                    ]
                    : Array.Empty<Contender>(),
            ], 2, HasPandas ? [] : ["pandas"]);
    }

    static bool HasPandas => Tools.Has("python3")
        && ChildProcess.Run(["python3", "-c", "import pandas"], Path.GetTempPath()).ExitCode == 0;

    static Row Edited(Playground playground, string name, string what, Action<FileStream> edit)
    {
        var workspace = Path.Combine(playground.Folder("large"), "workspace");
        var path = Path.Combine(playground.Folder("large", "pipelines", "large"), "data.csv");
        var (before, added, parsed) = (new HashSet<string>(), new List<long>(), new List<int>());
        return new Row(
            name,
            $"the same 530 MB, ingested before, with {what}: its digest, its pieces, "
            + "and those of them that changed",
            [
                playground.Ours("large", 1, Change, "Ingest") with { After = Look },
            ], 3)
        {
            Tells = () => string.Create(
                CultureInfo.InvariantCulture,
                $"Pieces parsed: {string.Join(", ", parsed)}. Bytes added to the store: "
                + $"{string.Join(", ", added)}."),
        };

        void Change(int repetition)
        {
            using (var file = File.Open(path, FileMode.Open))
                edit(file);
            // What was written to a moment ago would be read twice.
            Thread.Sleep(2200);
            before = [.. Files(workspace)];
        }

        string? Look()
        {
            var fresh = Files(workspace).Where(file => !before.Contains(file)).ToList();
            added.Add(fresh.Where(file => file.Contains("/cas/", StringComparison.Ordinal))
                .Sum(file => new FileInfo(file).Length));
            parsed.Add(fresh.Where(file => file.Contains("/traces/", StringComparison.Ordinal))
                .Count(IsParsedPiece));
            return added[^1] <= MostAddedBytes ? null : $"{added[^1]} bytes were added to the store";
        }
    }

    static IEnumerable<string> Files(string workspace) =>
        Directory.EnumerateFiles(workspace, "*", SearchOption.AllDirectories);

    static bool IsParsedPiece(string trace) => File.ReadAllText(trace) is var text
        && text.Contains("\"stage\":\"Ingest.ParseSource\"", StringComparison.Ordinal)
        && text.Contains("\"children\":[]", StringComparison.Ordinal);

    /// <summary>Another quantity, of as many digits: a digit after the fifth comma of a line.</summary>
    static void EditMiddle(FileStream file)
    {
        file.Seek(file.Length / 2, SeekOrigin.Begin);
        var bytes = new byte[1 << 10];
        file.ReadExactly(bytes);
        var at = Array.IndexOf(bytes, (byte)'\n');
        for (var comma = 0; comma < 5; comma++)
            at = Array.IndexOf(bytes, (byte)',', at + 1);
        file.Seek(at + 1 - bytes.Length, SeekOrigin.Current);
        file.WriteByte(bytes[at + 1] == (byte)'9' ? (byte)'1' : (byte)(bytes[at + 1] + 1));
    }

    static Row FirstYear(Playground playground, string pipeline, string name, int rows, string what)
    {
        var days = Pipeline(playground, pipeline, Declared);
        for (var day = 0; day < Days; day++)
            WriteDay(days, day, rows);
        return new Row(name, $"{what}, ingested from nothing", [Fresh(playground, pipeline)], 2);
    }

    static Row OneMoreDay(Playground playground, string pipeline, string name, int rows, string what)
    {
        var days = playground.Folder(pipeline, "pipelines", pipeline);
        playground.Settle(pipeline, "Ingest");
        return new Row(
            name, what,
            [
                playground.Ours(pipeline, 1, repetition =>
                {
                    WriteDay(days, Days + repetition, rows);
                    Thread.Sleep(2200);
                }, "Ingest"),
            ], 3);
    }

    static void WriteDay(string folder, int day, int rows)
    {
        using var file = File.Create(
            Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"day-{day:000}.csv")));
        MixedCsv.Write(file, rows, (ulong)day);
    }

    static Contender Fresh(Playground playground, string name) => playground.Ours(name, 1, _ =>
    {
        foreach (var folder in (ReadOnlySpan<string>)["workspace", "out"])
            Directory.Delete(playground.Folder(name, folder), recursive: true);
    }, "Ingest");

    /// <returns>Its folder, where its data goes.</returns>
    static string Pipeline(Playground playground, string name, string columns)
    {
        var folder = playground.Folder(name, "pipelines", name);
        var yaml = new StringBuilder(
            FormattableString.Invariant(
                $"name: {name}\ndata:\n  sources: [\"*.csv\"]\n  key: id\n{columns}"));
        yaml.Append("train:\n  task: binary\n  label: returned\n  positive: \"true\"\n  trainer: sdca\n");
        File.WriteAllText(Path.Combine(folder, "pipeline.yaml"), yaml.ToString());
        return folder;
    }
}
