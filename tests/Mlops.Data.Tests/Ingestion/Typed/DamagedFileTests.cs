using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Mlops.Data.Ingestion;
using Mlops.Data.Ingestion.Typed;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion.Typed;

/// <summary>
/// Bytes flipped, cut and written over in small files of every kind: each is read, or refused with a problem
/// that has an id, and nothing else. How long: MLOPS_FUZZ_SECONDS for each kind, two thirds of one when it is
/// not set; MLOPS_FUZZ_SEED begins elsewhere.
/// </summary>
public sealed class DamagedFileTests(ITestOutputHelper output) : IDisposable
{
    readonly TypedFiles files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [MemberData(nameof(Fuzzing.ParquetOptions), MemberType = typeof(Fuzzing))]
    public async Task DamagedParquetIsReadOrRefused(string options)
    {
        var whole = await files.Bytes(files.AddParquet("a.parquet", Fuzzing.Rows(200), options));
        await Damage(whole, async damaged =>
        {
            var file = damaged.Files[0];
            var inferred = await damaged.InferParquet(file);
            if (inferred.Problems.Count > 0)
                return;
            var parsed = await damaged.ParseParquet(file, Inference.Merge([inferred]));
            if (parsed.Part is not null)
                (await damaged.Table(parsed)).RowCount.ShouldBe((int)parsed.KeptRows);
        }, Fuzzing.ParquetOptions.Count);
    }

    /// <summary>Each line with anything on it is a row, or stands in the quarantine.</summary>
    [Fact]
    public Task DamagedJsonLinesAreReadOrRefused() => Damage(JsonLines(60), async damaged =>
    {
        var bytes = await damaged.Bytes(damaged.Files[0]);
        if (bytes is [0x1f, 0x8b, ..] or [0x28, 0xb5, 0x2f, 0xfd, ..])
            return;
        var parsed = await Read(damaged, async file => await damaged.JsonLines(file));
        if (parsed is not null)
            (parsed.KeptRows + parsed.QuarantinedRows).ShouldBe(FilledLines(bytes));
    });

    /// <summary>What is unpacked is what was packed, or the file is refused: gzip holds a CRC.</summary>
    [Fact]
    public Task DamagedGzipIsUnpackedOrRefused()
    {
        var whole = JsonLines(400);
        var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            packing.Write(whole);
        return Damage(packed.ToArray(), async damaged =>
        {
            var bytes = await damaged.Bytes(damaged.Files[0]);
            if (await Unpack(bytes) is { } unpacked && bytes is [0x1f, 0x8b, ..])
                unpacked.AsSpan().SequenceEqual(whole).ShouldBeTrue("other bytes came out");
        });
    }

    /// <summary>
    /// A stored block that is not the last, and then a check value and a length that read as the beginning of
    /// a next one: the framework checks nothing of a file that never ends, and its length is right.
    /// </summary>
    [Fact]
    public async Task GzipThatNeverEndsIsRefused()
    {
        byte[] head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
        byte[] block = [0, 0xfb, 0x01, 0x04, 0xfe, .. Enumerable.Repeat((byte)'x', 507)];
        byte[] checkAndLength = [0, 0, 1, 0xff, 0xfe, 1, 0, 0];
        (await Unpack([.. head, .. block, .. checkAndLength])).ShouldBeNull();
    }

    [Fact]
    public Task DamagedZstandardIsUnpackedOrRefused()
    {
        using var compressor = new ZstdSharp.Compressor(3);
        compressor.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        var whole = JsonLines(400);
        return Damage(compressor.Wrap(whole).ToArray(), async damaged =>
        {
            var bytes = await damaged.Bytes(damaged.Files[0]);
            var unpacked = await Unpack(bytes);
            // Of a frame whose header says so by now, the digest at the end is not looked at.
            var hasDigest = bytes is [0x28, 0xb5, 0x2f, 0xfd, var flags, ..] && (flags & 4) != 0;
            if (unpacked is { Length: > 0 } && hasDigest)
                unpacked.AsSpan().SequenceEqual(whole).ShouldBeTrue("other bytes came out");
        });
    }

    public static TheoryData<string> Statements =>
    [
        "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, r REAL, b BLOB, f BOOLEAN)",
        "CREATE TABLE t (id INTEGER, name TEXT, r REAL, b BLOB, f BOOLEAN, PRIMARY KEY (name, id)) "
            + "WITHOUT ROWID",
    ];

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task DamagedSqliteIsReadOrRefused(string create)
    {
        var whole = await files.Bytes(files.AddSqlite("a.db", $"""
            PRAGMA page_size = 1024; {create};
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 150)
            INSERT INTO t SELECT i, 'name ' || i || CASE WHEN i % 40 = 7 THEN hex(zeroblob(900)) ELSE '' END,
              i * 0.25, CASE WHEN i % 9 = 0 THEN zeroblob(5) END, i % 2 FROM n;
            """));
        await Damage(
            whole, damaged => Read(damaged, async file =>
                await SqliteRows.Open(damaged.Context, file.Digest, null, null)), Statements.Count);
    }

    /// <returns>Null where it was refused while its types were looked for.</returns>
    static async Task<ParsedSource?> Read(TypedFiles damaged, Func<SourceFile, Task<TypedRows>> open)
    {
        var file = damaged.Files[0];
        var inferred = await damaged.Infer(await open(file));
        if (inferred.Problems.Count > 0)
            return null;
        var parsed = await damaged.Parse(await open(file), Inference.Merge([inferred]));
        if (parsed.Part is not null)
            (await damaged.Table(parsed)).RowCount.ShouldBe((int)parsed.KeptRows);
        return parsed.Problems.Count > 0 ? null : parsed;
    }

    static byte[] JsonLines(int count) => Encoding.UTF8.GetBytes(string.Concat(
        Enumerable.Range(0, count).Select(i => $$"""
            {"i":{{i}},"r":{{i * 31 % 97}}.5e0,"t":"le\u0076el {{i % 5}} é",
            """ + $$"""
            "n":{{(i % 3 == 0 ? "null" : "true")}},"d":"2026-01-{{i % 28 + 1:00}}"}

            """)));

    static int FilledLines(byte[] bytes)
    {
        var text = bytes.AsSpan();
        if (text.StartsWith([(byte)0xef, (byte)0xbb, (byte)0xbf]))
            text = text[3..];
        var count = 0;
        foreach (var line in text.Split((byte)'\n'))
            count += text[line].Trim(" \t\r"u8).IsEmpty ? 0 : 1;
        return count;
    }

    /// <returns>Null where it was refused.</returns>
    async Task<byte[]?> Unpack(byte[] bytes)
    {
        try
        {
            await using var source = await Unpacked.Open(
                new MemoryStream(bytes), bytes.Length, files.Context.Cancellation);
            var unpacked = new MemoryStream();
            await source.Bytes.CopyToAsync(unpacked, files.Context.Cancellation);
            await source.Finish(files.Context.Cancellation);
            return unpacked.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <param name="kinds">How many share the seconds.</param>
    async Task Damage(byte[] whole, Func<TypedFiles, Task> read, int kinds = 1)
    {
        var seconds = (Fuzzing.Seconds > 0 ? Fuzzing.Seconds : 2 / 3.0) / kinds;
        var random = new Random(Fuzzing.Seed);
        var started = Stopwatch.GetTimestamp();
        var count = 0;
        for (; Stopwatch.GetElapsedTime(started).TotalSeconds < seconds; count++)
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
        output.WriteLine($"{count} cases");
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
            if (random.Next(Fuzzing.Faults + 1) is var way and < Fuzzing.Faults)
                Fuzzing.Fault(bytes, at, way, random);
            else
                bytes = random.Next(4) == 0
                    ? bytes[..at]
                    : [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 20))..]];
            if (bytes.Length == 0)
                return bytes;
        }
        return bytes;
    }
}
