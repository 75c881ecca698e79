using System.Diagnostics;
using System.Globalization;
using Mlops.Data.Ingestion;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion.Typed;

/// <summary>
/// Bytes flipped, cut and written over in small files of every kind: each is read, or refused with a problem
/// that has an id, and nothing else. How long: MLOPS_FUZZ_SECONDS, two in all when it is not set;
/// MLOPS_FUZZ_SEED begins elsewhere.
/// </summary>
public sealed class DamagedFileTests : IDisposable
{
    const string Rows = """
        select i::int i, i * 1.5 r, 'level ' || (i % 5) t, date '2026-01-31' + (i % 9)::int d, i % 2 = 0 b,
          (i / 4)::decimal(9, 2) de, case when i % 3 = 0 then null else i end n, timestamp '2026-01-31' + interval (i) hour ts
        from range(200) r(i)
        """;

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
    public async Task DamagedParquetIsReadOrRefused(string options)
    {
        var whole = await Bytes(files.AddParquet("a.parquet", Rows, options));
        await Damage(whole, async damaged =>
        {
            var file = damaged.Files[0];
            var inferred = await damaged.InferParquet(file);
            if (inferred.Problems.Count > 0)
                return;
            var parsed = await damaged.ParseParquet(file, Inference.Merge([inferred]));
            if (parsed.Part is not null)
                (await damaged.Table(parsed)).RowCount.ShouldBe((int)parsed.KeptRows);
        });
    }

    async Task Damage(byte[] whole, Func<TypedFiles, Task> read)
    {
        var seconds = Number("MLOPS_FUZZ_SECONDS", 2) / (double)Options.Count;
        var random = new Random(Number("MLOPS_FUZZ_SEED", 1));
        var started = Stopwatch.GetTimestamp();
        for (var count = 0; Stopwatch.GetElapsedTime(started).TotalSeconds < seconds; count++)
        {
            var bytes = Damaged(whole, random);
            using var damaged = new TypedFiles();
            damaged.Add("a", bytes);
            try
            {
                await read(damaged).WaitAsync(TimeSpan.FromSeconds(60), files.Context.Cancellation);
            }
            catch (Exception fault) when (fault is ProblemException or SourceFaultException)
            {
                fault.Message.ShouldNotBeNullOrEmpty();
            }
            catch (Exception fault)
            {
                var kept = Path.Combine(Path.GetTempPath(), $"mlops-fuzz-{Digest.Of(bytes).Short}");
                await File.WriteAllBytesAsync(kept, bytes, files.Context.Cancellation);
                throw new InvalidOperationException(
                    $"Damaged file {count}, kept as {kept}: {fault.Message}", fault);
            }
        }
    }

    /// <summary>The end is where a Parquet file says what it holds, so that is damaged more often.</summary>
    static byte[] Damaged(byte[] whole, Random random)
    {
        var bytes = whole.ToArray();
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            var at = random.Next(3) == 0
                ? bytes.Length - 1 - random.Next(Math.Min(bytes.Length, 1500))
                : random.Next(bytes.Length);
            switch (random.Next(5))
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
                    random.NextBytes(bytes.AsSpan(at, Math.Min(random.Next(1, 9), bytes.Length - at)));
                    break;
                default:
                    bytes = random.Next(4) == 0
                        ? bytes[..at]
                        : [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 20))..]];
                    break;
            }
            if (bytes.Length == 0)
                return bytes;
        }
        return bytes;
    }

    async Task<byte[]> Bytes(SourceFile file)
    {
        await using var stream = files.Context.OpenSource(file.Digest);
        var bytes = new byte[file.LengthBytes];
        await stream.ReadExactlyAsync(bytes, files.Context.Cancellation);
        return bytes;
    }
}
