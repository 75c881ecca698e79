using System.Globalization;
using Mlops.Benchmarks.Data;

namespace Mlops.Benchmarks.Rows;

/// <summary>Describing and comparing data at rest, without a pipeline around it.</summary>
static class ProfileRows
{
    const int Rows = 5_000_000;

    public static IEnumerable<Row> All(Playground playground)
    {
        var parquet = ProfileWork.Parquet(MixedCsv.Of(Rows));
        var all = string.Create(CultureInfo.InvariantCulture, $"^{Rows} rows");
        yield return new Row(
            "profile",
            "5,000,000 rows of 15 columns in Parquet described: counts, distinct and frequent values, "
                + "moments, quantiles, lengths and correlations; DuckDB with SUMMARIZE, "
                + "a top ten by column and quantiles",
            [Work("Mlops.Data", "profile"), Work("DuckDB", "duckdb-profile")], 3);
        yield return new Row(
            "drift", "its halves compared by column over the first half's deciles or levels",
            [Work("Mlops.Data", "drift"), Work("DuckDB", "duckdb-drift")], 3);

        Contender Work(string name, string what) => new(
            name, [.. Playground.Self, "profile-work", what, parquet], playground.Folder("profiles"), all);
    }
}
