using System.Globalization;

namespace Mlops.Data.Tests.Ingestion.Typed;

/// <summary>How tests damage files, and for how long: as variables of the environment say.</summary>
static class Fuzzing
{
    /// <summary>How many ways of <see cref="Fault"/> there are.</summary>
    public const int Faults = 4;

    /// <summary>How DuckDB writes Parquet.</summary>
    public static TheoryData<string> ParquetOptions =>
    [
        "", ", compression zstd", ", compression uncompressed",
        ", compression gzip, row_group_size 2048", ", parquet_version v2",
    ];

    public static int Seed => Number("MLOPS_FUZZ_SEED", 1);

    /// <summary>None where nobody asked for any.</summary>
    public static int Seconds => Number("MLOPS_FUZZ_SECONDS", 0);

    /// <summary>A column of each type.</summary>
    public static string Rows(int count, string more = "") => $"""
        select i::int i, i * 1.5 r, 'level ' || (i % 5) t, {more}date '2026-01-31' + (i % 9)::int d,
          i % 2 = 0 b, (i / 4)::decimal(9, 2) de, case when i % 3 = 0 then null else i end n,
          timestamp '2026-01-31' + interval (i) hour ts
        from range({count}) r(i)
        """;

    /// <summary>A bit, a byte, or some bytes become others.</summary>
    public static void Fault(byte[] bytes, int at, int way, Random random)
    {
        switch (way)
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes[at] = 0xff;
                break;
            default:
                random.NextBytes(bytes.AsSpan(at, Math.Min(random.Next(1, 9), bytes.Length - at)));
                break;
        }
    }

    static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
