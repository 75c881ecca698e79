using System.Globalization;
using DuckDB.NET.Data;
using Mlops.Data.Statistics;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Profiling;

namespace Mlops.Benchmarks.Data;

/// <summary>
/// Profiles and drift over a Parquet file, by us and in DuckDB's SQL, each in a process of its own.
/// Both use all cores.
/// </summary>
static class ProfileWork
{
    const int Bins = 10;

    public static async Task<int> Run(string what, string parquet)
    {
        switch (what)
        {
            case "profile":
                var profile = await Halves(parquet) is var (first, second) ? first.Merge(second) : null!;
                var summaries = profile.Columns.Select(ProfileSummary.Of).ToList();
                var pairs = ProfileSummary.Correlations(profile)!;
                Say($"{profile.Rows} rows, {summaries.Count} columns, {pairs.Count} correlations");
                break;
            case "drift":
                var (reference, current) = await Halves(parquet);
                var moved = reference.Columns.Zip(current.Columns)
                    .Count(pair => Psi(pair.First, pair.Second) > 0.1);
                Say($"{reference.Rows + current.Rows} rows, {moved} columns moved");
                break;
            case "duckdb-profile":
                DuckDbProfile(parquet);
                break;
            case "duckdb-drift":
                DuckDbDrift(parquet);
                break;
            default:
                throw new ArgumentException($"There is no work '{what}'.", nameof(what));
        }
        return 0;
    }

    /// <summary>The CSV as DuckDB writes it, made once.</summary>
    public static string Parquet(string csv)
    {
        var parquet = Path.ChangeExtension(csv, "parquet");
        if (!File.Exists(parquet))
            Query($"COPY (SELECT * FROM read_csv('{csv}')) TO '{parquet}.part' (FORMAT parquet)", _ => { });
        if (!File.Exists(parquet))
            File.Move(parquet + ".part", parquet);
        return parquet;
    }

    static async Task<(PartProfile First, PartProfile Second)> Halves(string parquet)
    {
        await using var file = await ParquetFile.Open(File.OpenRead(parquet), parquet);
        var groups = file.RowGroupCount;
        var halves = await Task.WhenAll(
            Task.Run(() => Profile(parquet, 0, groups / 2)),
            Task.Run(() => Profile(parquet, groups / 2, groups)));
        return (halves[0], halves[1]);
    }

    static async Task<PartProfile> Profile(string parquet, int from, int to)
    {
        await using var stream = File.OpenRead(parquet);
        await using var file = await ParquetFile.Open(stream, parquet);
        PartProfile? profile = null;
        for (var i = from; i < to; i++)
        {
            var group = PartProfile.Of(await file.ReadRowGroup(i));
            profile = profile is null ? group : profile.Merge(group);
        }
        return profile!;
    }

    /// <summary>
    /// Over the reference's deciles, or over levels; nothing for what differs in nearly every row.
    /// </summary>
    static double Psi(ColumnSketch reference, ColumnSketch current)
    {
        if (reference.Numbers is not null)
        {
            double[] edges = [.. Enumerable.Range(1, Bins - 1)
                .Select(i => ProfileSummary.Quantile(reference, (double)i / Bins)!.Value).Distinct()];
            return ShareDistance.Psi(reference.Histogram(edges), current.Histogram(edges));
        }
        if (reference.Overflow is not null || current.Overflow is not null)
            return 0;
        var now = current.Levels!.Values.Zip(current.Levels.Counts).ToDictionary();
        return ShareDistance.Psi(
            [.. reference.Levels!.Counts],
            [.. reference.Levels.Values.Select(level => now.GetValueOrDefault(level))]);
    }

    /// <summary>SUMMARIZE, the ten most frequent values and five quantiles of each column.</summary>
    static void DuckDbProfile(string parquet)
    {
        var columns = new List<(string Name, bool IsNumber)>();
        Query($"SUMMARIZE SELECT * FROM '{parquet}'", reader => columns.Add((
            (string)reader["column_name"],
            (string)reader["column_type"] is "BIGINT" or "INTEGER" or "DOUBLE")));
        foreach (var (name, isNumber) in columns)
        {
            Query($"SELECT {name}, count(*) AS n FROM '{parquet}' GROUP BY 1 ORDER BY n DESC LIMIT 10",
                _ => { });
            if (isNumber)
                Query($"SELECT approx_quantile({name}, [0.05, 0.25, 0.5, 0.75, 0.95]) FROM '{parquet}'",
                    _ => { });
        }
        Query($"SELECT count(*) AS n FROM '{parquet}'",
            reader => Say($"{reader["n"]} rows, {columns.Count} columns"));
    }

    /// <summary>
    /// Of each column the counts of both halves over the first half's deciles, or by level.
    /// </summary>
    static void DuckDbDrift(string parquet)
    {
        var columns = new List<(string Name, string Type)>();
        Query($"DESCRIBE SELECT * FROM '{parquet}'", reader =>
            columns.Add(((string)reader["column_name"], (string)reader["column_type"])));
        var rows = 0L;
        Query($"SELECT count(*) AS n FROM '{parquet}'",
            reader => rows = Convert.ToInt64(reader["n"], CultureInfo.InvariantCulture));
        foreach (var (name, type) in columns.Where(column => column.Name != "customer"))
        {
            var half = $"file_row_number < {rows / 2}";
            var source = $"read_parquet('{parquet}', file_row_number = true)";
            var number = type is "DATE" or "TIMESTAMP" ? $"epoch({name})" : name;
            var bin = type is "VARCHAR" or "BOOLEAN" ? name
                : $"len(list_filter((SELECT approx_quantile({number}, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, "
                    + $"0.8, 0.9]) FROM {source} WHERE {half}), edge -> edge < {number}))";
            Query(
                $"SELECT {bin} AS bin, count(*) FILTER ({half}), "
                + $"count(*) FILTER (NOT {half}) FROM {source} GROUP BY 1",
                _ => { });
        }
        Say($"{rows} rows");
    }

    static void Query(string sql, Action<DuckDBDataReader> row)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            row(reader);
    }

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
