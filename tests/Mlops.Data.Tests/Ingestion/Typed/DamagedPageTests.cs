using System.Diagnostics;
using Mlops.Data.Ingestion;
using Mlops.Engine;
using Parquet;

namespace Mlops.Data.Tests.Ingestion.Typed;

/// <summary>
/// Parquet whose page headers alone are damaged: each file is read, or refused with a problem, soon, and
/// with no more memory than its size allows. How long: MLOPS_FUZZ_SECONDS for each way of writing, three
/// files when it is not set; MLOPS_FUZZ_SEED begins elsewhere. Alone, because what a process allocates is that
/// of all its tests.
/// </summary>
[Collection(nameof(Alone))]
public sealed class DamagedPageTests(ITestOutputHelper output) : IDisposable
{
    const int HeaderBytes = 24;
    const int MostBytes = 128 << 20;

    readonly TypedFiles files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [MemberData(nameof(Fuzzing.ParquetOptions), MemberType = typeof(Fuzzing))]
    public async Task DamagedPageHeadersAreReadOrRefused(string options)
    {
        var whole = await files.Bytes(files.AddParquet(
            "a.parquet", Fuzzing.Rows(3000, "'own ' || i o, "), options));
        var headers = await Headers(whole);
        var random = new Random(Fuzzing.Seed);
        var started = Stopwatch.GetTimestamp();
        var (count, most) = (0, 0L);
        for (; count < 3 || Stopwatch.GetElapsedTime(started).TotalSeconds < Fuzzing.Seconds; count++)
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
            if (most > MostBytes)
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
            switch (random.Next(Fuzzing.Faults + 2))
            {
                case Fuzzing.Faults:
                    // A number of the greatest size, signed or not.
                    byte[] great = [0xfe, 0xff, 0xff, 0xff, (byte)(random.Next(2) * 8 + 7)];
                    great.CopyTo(bytes, at);
                    break;
                case Fuzzing.Faults + 1:
                    bytes[at] = 0;
                    break;
                case var way:
                    Fuzzing.Fault(bytes, at, way, random);
                    break;
            }
        }
        return bytes;
    }
}
