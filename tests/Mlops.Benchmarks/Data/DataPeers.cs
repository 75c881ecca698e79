using System.Globalization;
using DuckDB.NET.Data;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlops.Benchmarks.Data;

/// <summary>
/// Other libraries that read the mixed CSV, each in a process of its own. They say how many rows they saw.
/// </summary>
static class DataPeers
{
    /// <summary>CSV to Parquet, and a summary of the columns over that: what an ingest does.</summary>
    public static int DuckDb(string csv, string parquet)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Execute(connection, FormattableString.Invariant($"SET threads = {Environment.ProcessorCount}"));
        Execute(connection,
            $"COPY (SELECT * FROM read_csv('{csv}')) TO '{parquet}' (FORMAT parquet, COMPRESSION snappy)");
        using var command = connection.CreateCommand();
        command.CommandText = $"SUMMARIZE SELECT * FROM '{parquet}'";
        using var columns = command.ExecuteReader();
        var rows = 0L;
        while (columns.Read())
            rows = Convert.ToInt64(columns["count"], CultureInfo.InvariantCulture);
        Console.WriteLine(FormattableString.Invariant($"{rows} rows"));
        return 0;
    }

    /// <summary>One pass over all columns, which is what ML.NET does for each time that it reads.</summary>
    public static int TextLoader(string csv)
    {
        DataKind[] kinds =
        [
            DataKind.Int64, DataKind.String, DataKind.String, DataKind.String, DataKind.String,
            DataKind.Int32, DataKind.Single, DataKind.Single, DataKind.Single, DataKind.Single,
            DataKind.DateTime, DataKind.DateTime, DataKind.Boolean, DataKind.Single, DataKind.String,
        ];
        var names = MixedCsv.Columns.Split(',');
        var view = new MLContext(1).Data.CreateTextLoader(
            [.. kinds.Select((kind, i) => new Microsoft.ML.Data.TextLoader.Column(names[i], kind, i))],
            separatorChar: ',', hasHeader: true, allowQuoting: true).Load(csv);
        var rows = 0L;
        using var cursor = view.GetRowCursor(view.Schema);
        var text = view.Schema.Where(column => column.Type is TextDataViewType)
            .Select(column => cursor.GetGetter<ReadOnlyMemory<char>>(column)).ToList();
        var reals = view.Schema.Where(column => column.Type == NumberDataViewType.Single)
            .Select(column => cursor.GetGetter<float>(column)).ToList();
        var times = view.Schema.Where(column => column.Type is DateTimeDataViewType)
            .Select(column => cursor.GetGetter<DateTime>(column)).ToList();
        for (; cursor.MoveNext(); rows++)
        {
            var (cell, real, time) = (default(ReadOnlyMemory<char>), 0f, default(DateTime));
            foreach (var get in text)
                get(ref cell);
            foreach (var get in reals)
                get(ref real);
            foreach (var get in times)
                get(ref time);
        }
        Console.WriteLine(FormattableString.Invariant($"{rows} rows"));
        return 0;
    }

    public static int LoadCsv(string csv)
    {
        var frame = DataFrame.LoadCsv(csv);
        Console.WriteLine(FormattableString.Invariant($"{frame.Rows.Count} rows"));
        return 0;
    }

    /// <summary>Reads and describes; writes nothing.</summary>
    public static IReadOnlyList<string> Pandas(string csv) =>
    [
        "python3", "-c",
        $"import pandas as p; f = p.read_csv('{csv}', parse_dates=['ordered', 'shipped']); "
        + "f.describe(include='all'); print(len(f), 'rows')",
    ];

    /// <summary>
    /// Reads, and tells of each column what a profile tells: missing and distinct values, moments, quantiles,
    /// the most frequent values, lengths, a histogram, and the correlations.
    /// </summary>
    public static IReadOnlyList<string> PandasProfile(string csv) =>
    [
        "python3", "-c",
        $"""
        import numpy as n, pandas as p
        f = p.read_csv('{csv}', parse_dates=['ordered', 'shipped'])
        f.isna().sum(), f.nunique()
        f.describe(include='all', percentiles=[.05, .25, .5, .75, .95], datetime_is_numeric=True)
        [f[c].value_counts().head(20) for c in f]
        [f[c].str.len().describe() for c in f.select_dtypes('object')]
        [n.histogram(f[c].dropna(), 10) for c in f.select_dtypes('number')]
        f.corr(numeric_only=True)
        print(len(f), 'rows')
        """,
    ];

    static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
