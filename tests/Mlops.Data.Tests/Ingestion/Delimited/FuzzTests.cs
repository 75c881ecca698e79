using System.Globalization;
using System.Text;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;

namespace Mlops.Data.Tests.Ingestion.Delimited;

/// <summary>
/// Bytes that were changed at random are read in blocks as they are read record by record: the same rows, the
/// same quarantine with the same lines and reasons, the same types. <c>MLOPS_FUZZ_SECONDS</c> says for how
/// long; cases that were found stand in <see cref="FoundCases"/>.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    static readonly ColumnType[] Types =
    [
        ColumnType.Integer, ColumnType.Real, ColumnType.Text, ColumnType.Boolean, ColumnType.Date,
        ColumnType.Timestamp, ColumnType.Int32, ColumnType.Float,
        ColumnType.Decimal, ColumnType.Category, ColumnType.Instant,
    ];

    /// <summary>What is put into texts: what means something, and what is nearly that.</summary>
    static readonly string[] Words =
    [
        "\"", "\"\"", "\"\"\"", ",", ";", "\n", "\r", "\r\n", "\0", "", " ", "\t", "'", "a", "é", "\u00a0",
        "\u2028", "\ufeff", "😀", "0", "1", "-1", "+1", "007", "1.5", ".5", "5.", "-.", "1e3", "1,5",
        "9007199254740993", "0.1234567890123456", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "12345678901234567890", "true", "FALSE", "yes", "No", "NaN", "NA", "-999",
        "2026-02-28", "2026-02-29", "0000-01-01", "9999-12-31", "2026-02-28T10:15", "2026-02-28 10:15:00",
        "2026-02-28T10:15:00.25Z", "2026-02-28T24:00", "\"a,b\"", "\"a\nb\"", "\"a\"b", "a\"b", "\"a\"\"b\"",
        " \"a\"", "\"a\" ", "\"1\"", "\"\"", "1,2", "2147483648", "1e400",
        "1,234", "1.234,5", "12,34", "1'234'567.8", "1 234", "1\u00a0234", "1\u202f234,5", "0.123", "1.234e5",
        "31.12.2025", "31.12.2025 23:59", "20251231", "3/4/2026", "13/4/2026", "-", "n/a",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ];

    /// <summary>
    /// Seed and number. What has been found so far stands among <see cref="TortureTests.Corners"/>: "a
    /// byte-order mark where reading begins anew".
    /// </summary>
    public static TheoryData<string> FoundCases => ["1:1"];

    [Fact]
    public async Task BytesChangedAtRandomReadTheSameBothWays()
    {
        var seconds = double.Parse(
            Environment.GetEnvironmentVariable("MLOPS_FUZZ_SECONDS") ?? "2", CultureInfo.InvariantCulture);
        var seed = Environment.GetEnvironmentVariable("MLOPS_FUZZ_SEED") is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture) : 1;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var cases = 0;
        for (; clock.Elapsed.TotalSeconds < seconds; cases++)
            await Check(new Random(Mixed(seed, cases)), $"{seed}:{cases}");
        output.WriteLine($"{cases} cases");
    }

    [Theory]
    [MemberData(nameof(FoundCases), DisableDiscoveryEnumeration = true)]
    public async Task ACaseThatWasFoundReadsTheSameBothWays(string found)
    {
        var numbers = found.Split(':')
            .Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        await Check(new Random(Mixed(numbers[0], numbers[1])), found);
    }

    static async Task Check(Random random, string name)
    {
        var reading = AnyReading(random);
        var bytes = AnyBytes(random, reading);
        var expected = await reading.RecordByRecord(bytes);
        foreach (var window in (int[])[1 << 16, 16 + random.Next(300)])
        {
            var actual = await reading.InBlocks(bytes, window, random.Next(200));
            if (actual == expected)
                continue;
            actual.ShouldBe(
                expected, $"{name} {reading.Format} window {window} {Convert.ToBase64String(bytes)} "
                    + string.Join(',', reading.Columns.Select(column => column.Type)));
        }
    }

    static Reading AnyReading(Random random)
    {
        var columns = Enumerable.Range(0, 1 + random.Next(4))
            .Select(i => Types[random.Next(Types.Length)] switch
            {
                ColumnType.Decimal => new ColumnDeclaration($"c{i}", ColumnType.Decimal, null, 8, 2),
                ColumnType.Category when random.Next(2) == 0 =>
                    new ColumnDeclaration($"c{i}", ColumnType.Category, Levels: ["a", "1", "é"]),
                ColumnType.Date when random.Next(4) == 0 =>
                    new ColumnDeclaration($"c{i}", ColumnType.Date, "d.M.yyyy"),
                var type => new ColumnDeclaration($"c{i}", type),
            }).Select(column => random.Next(3) == 0 ? WithOptions(random, column) : column).ToList();
        string[] encodings = ["utf-8", "utf-8", "windows-1252", "utf-16", "windows-1253", "shift_jis"];
        var format = new TextFormat(
            random.Next(4) == 0 ? ";" : ",", random.Next(6) switch { 0 => null, 1 => "'", _ => "\"" },
            encodings[random.Next(encodings.Length)], Header: false,
            Missing: random.Next(2) == 0 ? null : ["NA", "-999", " 1.5 ", "é"],
            DecimalSeparator: random.Next(4) == 0 ? "," : ".",
            Thousands: random.Next(4) == 0 ? AnyThousands(random) : null,
            Dates: random.Next(4) == 0 ? AnyPatterns(random) : null);
        // One sign for decimals and thousands is refused before anything is read.
        if (NumberSigns.Of(format).AreAlike)
            format = format with { Thousands = null };
        return new Reading(format, [.. columns.Select(column =>
            NumberSigns.Of(column, format).AreAlike ? column with { Thousands = "" } : column)]);
    }

    static ColumnDeclaration WithOptions(Random random, ColumnDeclaration column)
    {
        var patterns = AnyPatterns(random);
        return column with
        {
            Format = random.Next(2) == 0 ? column.Format : patterns[0],
            OtherFormats = patterns.Length > 1 ? patterns[1..] : null,
            Missing = random.Next(3) switch { 0 => null, 1 => [], _ => ["-1", "a", "\u00a0", "31.12.2025"] },
            DecimalSeparator = random.Next(3) switch { 0 => null, 1 => ".", _ => "," },
            Thousands = random.Next(2) == 0 ? null : AnyThousands(random),
        };
    }

    static string AnyThousands(Random random)
    {
        var at = random.Next(NumberSigns.Groupings.Count + 1);
        return at == NumberSigns.Groupings.Count ? "" : NumberSigns.Groupings[at].ToString();
    }

    static string[] AnyPatterns(Random random)
    {
        string[][] all =
        [
            ["dd.MM.yyyy"], ["yyyyMMdd"], ["d/M/yyyy", "M/d/yyyy"],
            ["yyyy-MM-dd", "d.M.yyyy HH:mm", "d.M.yyyy"],
        ];
        return all[random.Next(all.Length)];
    }

    static byte[] AnyBytes(Random random, Reading reading)
    {
        var text = new StringBuilder();
        string[][] allEnds = [["\n"], ["\r\n"], ["\r"], ["\n", "\r\n", "\r", ""]];
        var ends = allEnds[random.Next(allEnds.Length)];
        for (var row = random.Next(40); row >= 0; row--)
        {
            for (var i = 0; i < reading.Columns.Count; i++)
                text.Append(i == 0 ? "" : reading.Format.Delimiter)
                    .Append(Word(random, reading.Columns[i].Type));
            if (random.Next(8) == 0)
                text.Append(Words[random.Next(Words.Length)]);
            text.Append(ends[random.Next(ends.Length)]);
        }
        var encoding = SourceText.Strict(reading.Format.Encoding ?? DetectedEncoding.Utf8);
        var lenient = (Encoding)encoding.Clone();
        lenient.EncoderFallback = new EncoderReplacementFallback("?");
        var bytes = lenient.GetBytes(text.ToString()).ToList();
        // Half of all texts stay as they are: what is well-formed is to stay so.
        for (var change = random.Next(2) == 0 ? 0 : random.Next(6); change > 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(bytes.Count);
            if (random.Next(3) == 0)
                bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(20)));
            else if (random.Next(2) == 0)
                bytes[at] = (byte)random.Next(256);
            else
                bytes.InsertRange(at, lenient.GetBytes(Words[random.Next(Words.Length)]));
        }
        // Neither packed nor marked with an encoding.
        return [.. lenient.GetBytes("x"), .. bytes];
    }

    static string Word(Random random, ColumnType type) => random.Next(3) == 0
        ? Words[random.Next(Words.Length)]
        : type switch
        {
            ColumnType.Real or ColumnType.Float or ColumnType.Decimal =>
                (random.Next(2000) / 100.0).ToString(CultureInfo.InvariantCulture),
            ColumnType.Boolean => random.Next(2) == 0 ? "true" : "false",
            ColumnType.Date => "2026-01-1" + random.Next(10),
            ColumnType.Timestamp or ColumnType.Instant => "2026-01-01T10:0" + random.Next(10),
            ColumnType.Text or ColumnType.Category => "abc"[..random.Next(4)],
            _ => random.Next(3000).ToString(CultureInfo.InvariantCulture),
        };

    /// <summary>One number of two, the same in each process.</summary>
    static int Mixed(int seed, int number) => unchecked(seed * 486187739 + number * 16777619 + 7);
}
