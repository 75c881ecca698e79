using System.Diagnostics;
using System.Globalization;
using Mlops.Data.Ingestion;
using Mlops.Engine;
using Parquet;

namespace Mlops.Data.Tests.Ingestion.Typed;

/// <summary>
/// Parquet whose page headers alone are damaged: each file is read, or refused with a problem, soon, and
/// with no more memory than its size allows. How long: MLOPS_FUZZ_SECONDS for each way of writing, three
/// files when it is not set; MLOPS_FUZZ_SEED begins elsewhere.
/// </summary>
public sealed class DamagedPageTests(ITestOutputHelper output) : IDisposable
{
    const string Rows = """
        select i::int i, i * 1.5 r, 'level ' || (i % 5) t, 'own ' || i o, date '2026-01-31' + (i % 9)::int d,
          i % 2 = 0 b, (i / 4)::decimal(9, 2) de, case when i % 3 = 0 then null else i end n,
          timestamp '2026-01-31' + interval (i) hour ts
        from range(3000) r(i)
        """;

    const int HeaderBytes = 24;
    const int MostBytes = 128 << 20;

    readonly TypedFiles files = new();

    public void Dispose() => files.Dispose();

    public static TheoryData<string> Options =>
    [
        "", ", compression zstd", ", compression uncompressed",
        ", compression gzip, row_group_size 2048", ", parquet_version v2",
    ];

    static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    [Theory]
    [MemberData(nameof(Options))]
    public async Task DamagedPageHeadersAreReadOrRefused(string options)
    {
        var whole = await files.Bytes(files.AddParquet("a.parquet", Rows, options));
        var headers = await Headers(whole);
        var random = new Random(Number("MLOPS_FUZZ_SEED", 1));
        var asked = Number("MLOPS_FUZZ_SECONDS", 0);
        var started = Stopwatch.GetTimestamp();
        var (count, most) = (0, 0L);
        for (; count < 3 || Stopwatch.GetElapsedTime(started).TotalSeconds < asked; count++)
        {
            var bytes = Damaged(whole, headers, random);
            var before = GC.GetTotalAllocatedBytes();
            try
            {
                await Read(bytes);
            }
            catch (Exception fault) when (fault is ProblemException or SourceFaultException)
            {
                fault.Message.ShouldNotBeNullOrEmpty();
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"Damaged file {count}, kept as {Keep(bytes)}.", fault);
            }
            most = Math.Max(most, GC.GetTotalAllocatedBytes() - before);
            // Other tests allocate beside this one, unless somebody fuzzes.
            if (asked > 0 && most > MostBytes)
                throw new InvalidOperationException($"{most:N0} bytes were allocated for {Keep(bytes)}.");
        }
        output.WriteLine($"{count} cases, {most >> 20} MB at most");
    }

    static string Keep(byte[] bytes)
    {
        var kept = Path.Combine(Path.GetTempPath(), $"mlops-page-{Digest.Of(bytes).Short}");
        File.WriteAllBytes(kept, bytes);
        return kept;
    }

    static async Task Read(byte[] bytes)
    {
        using var damaged = new TypedFiles();
        var file = damaged.Add("a", bytes);
        var ct = TestContext.Current.CancellationToken;
        await Task.Run(() => Read(damaged, file), ct).WaitAsync(TimeSpan.FromSeconds(30), ct);
    }

    static async Task Read(TypedFiles damaged, SourceFile file)
    {
        var inferred = await damaged.InferParquet(file);
        if (inferred.Problems.Count > 0)
            return;
        var parsed = await damaged.ParseParquet(file, Inference.Merge([inferred]));
        if (parsed.Part is not null)
            (await damaged.Table(parsed)).RowCount.ShouldBe((int)parsed.KeptRows);
    }

    static async Task<List<int>> Headers(byte[] whole)
    {
        await using var reader = await ParquetReader.CreateAsync(new MemoryStream(whole));
        var headers = new List<int>();
        foreach (var chunk in reader.Metadata!.RowGroups.SelectMany(group => group.Columns))
        {
            if (chunk.MetaData!.DictionaryPageOffset is { } dictionary)
                headers.Add((int)dictionary);
            headers.Add((int)chunk.MetaData.DataPageOffset);
        }
        return headers;
    }

    static byte[] Damaged(byte[] whole, List<int> headers, Random random)
    {
        var bytes = whole.ToArray();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = headers[random.Next(headers.Count)] + random.Next(HeaderBytes);
            switch (random.Next(6))
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
                case 3:
                    random.NextBytes(bytes.AsSpan(at, random.Next(1, 9)));
                    break;
                case 4:
                    // A number of the greatest size, signed or not.
                    byte[] great = [0xfe, 0xff, 0xff, 0xff, (byte)(random.Next(2) * 8 + 7)];
                    great.CopyTo(bytes, at);
                    break;
                default:
                    bytes[at] = 0;
                    break;
            }
        }
        return bytes;
    }
}
