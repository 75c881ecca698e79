using Mlops.Data.Ingestion;
using Mlops.Engine;
using Parquet;

namespace Mlops.Data.Tests.Ingestion.Typed;

/// <summary>
/// Parquet that claims, or holds packed, more than memory should: refused before it is read.
/// </summary>
public sealed class HostileParquetTests : IDisposable
{
    readonly TypedFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task HalfAGigabyteOfTextInAFewHundredKilobytesIsRefused()
    {
        var file = files.AddParquet(
            "a.parquet", "select repeat(chr(65 + (i % 26)::int), 8000000) || i t from range(70) r(i)",
            ", compression zstd");
        file.LengthBytes.ShouldBeLessThan(1 << 20);
        (await Refused(file)).Id.ShouldBe("DATA-057");
    }

    [Theory]
    [InlineData(17_000_000L)]
    [InlineData(8_000_000_000L)]
    [InlineData(long.MaxValue)]
    [InlineData(-1L)]
    public async Task RowsThatOnlyAFooterClaimsAreRefused(long rows)
    {
        var whole = await files.Bytes(files.AddParquet(
            "a.parquet", "select i from range(100) r(i)", ", compression uncompressed"));
        var claimed = Claim(whole, 100, rows);
        (await Refused(files.Add("b.parquet", claimed))).Id.ShouldBeOneOf("DATA-002", "DATA-005", "DATA-047");
    }

    [Fact]
    public async Task ColumnsWhoseClaimsAreMoreThanANumberHoldsAreRefused()
    {
        var whole = await files.Bytes(files.AddParquet(
            "a.parquet", "select i, i j from range(100) r(i)", ", compression uncompressed"));
        await using var reader = await ParquetReader.CreateAsync(
            new MemoryStream(whole), cancellationToken: TestContext.Current.CancellationToken);
        var size = reader.Metadata!.RowGroups[0].Columns[0].MetaData!.TotalUncompressedSize;
        (await Refused(files.Add("b.parquet", Claim(whole, size, long.MaxValue)))).Id.ShouldBe("DATA-057");
    }

    /// <summary>Each level takes a byte of the file, and room on the stack that a process has once.</summary>
    [Fact]
    public async Task AFooterOfListsWithinListsIsRefused()
    {
        const byte oneList = 0x19;
        var footer = Enumerable.Repeat(oneList, 1_000_000).ToArray();
        byte[] file = [.. "PAR1"u8, .. footer, .. BitConverter.GetBytes(footer.Length), .. "PAR1"u8];
        (await Refused(files.Add("a.parquet", file))).Id.ShouldBe("DATA-002");
    }

    /// <summary>The library would make room for all of it, and touch little.</summary>
    /// <param name="number">Of a page header: 0 is its kind, then its length unpacked and packed, and how
    /// many values it has.</param>
    [Theory]
    [InlineData("uncompressed", 1, int.MaxValue, "2,147,483,647 bytes unpacked, more than its column")]
    [InlineData("gzip", 1, int.MaxValue, "2,147,483,647 bytes unpacked, more than its column")]
    [InlineData("zstd", 1, -1, "-1 bytes unpacked, more than its column")]
    [InlineData("zstd", 2, 1 << 29, "536,870,912 bytes, which the file has not")]
    [InlineData("snappy", 2, -1408, "-1,408 bytes, which the file has not")]
    [InlineData("snappy", 3, int.MaxValue, "2,147,483,647 values, more than there can be")]
    [InlineData("snappy", 3, -1, "-1 values, more than there can be")]
    public async Task APageThatClaimsWhatCannotBeIsRefused(
        string compression, int number, int claim, string what)
    {
        var whole = await files.Bytes(files.AddParquet(
            "a.parquet", "select 'text ' || (i % 3) t from range(1000) r(i)",
            $", compression {compression}"));
        var at = "PAR1".Length;
        for (var before = 0; ; before++)
        {
            // 0x15 is the next number's key; before the fourth stands that of the structure that it is in.
            at += before == 3 ? 2 : 1;
            if (before == number)
                break;
            at += VarintLength(whole, at);
        }
        byte[] claimed = [.. whole[..at], .. Varint(claim), .. whole[(at + VarintLength(whole, at))..]];
        var problem = await Refused(files.Add("b.parquet", claimed));
        (problem.Id, problem.Actual).ShouldBe(("DATA-005", $"A page claims {what}."));
    }

    [Fact]
    public async Task ASnappyStreamThatClaimsMoreThanItsPageIsRefused()
    {
        var whole = await files.Bytes(files.AddParquet(
            "a.parquet", "select 'text ' || (i % 3) t from range(1000) r(i)", ", compression snappy"));
        // Three entries of four and six bytes: 30 unpacked, and so begins the stream behind the header.
        var at = whole.AsSpan().IndexOf("text 0"u8) - 6;
        whole[at].ShouldBe((byte)30);
        byte[] claimed = [.. whole[..at], 0xff, 0xff, 0xff, 0x3f, .. whole[(at + 4)..]];
        (await Refused(files.Add("b.parquet", claimed))).Actual
            .ShouldBe("A page claims 134,217,727 bytes where Snappy begins, more than before.");
    }

    async Task<Problem> Refused(SourceFile file)
    {
        var fault = await Should.ThrowAsync<Exception>(async () => await files.ParseParquet(
            file, Inference.Merge([await files.InferParquet(file)])));
        return fault switch
        {
            SourceFaultException source => source.Problem,
            ProblemException { Problems: [var only] } => only,
            _ => throw new InvalidOperationException("It was no problem of the file.", fault),
        };
    }

    /// <summary>Replaces a number in the footer, as Thrift writes it.</summary>
    static byte[] Claim(byte[] file, long before, long after)
    {
        var start = file.Length - 8 - BitConverter.ToInt32(file, file.Length - 8);
        byte[] from = [0x16, .. Varint(before)], to = [0x16, .. Varint(after)];
        var footer = new List<byte>();
        var rest = file.AsSpan(start..^8);
        for (; rest.IndexOf(from) is var at and >= 0; rest = rest[(at + from.Length)..])
        {
            footer.AddRange(rest[..at]);
            footer.AddRange(to);
        }
        footer.AddRange(rest);
        return [.. file[..start], .. footer, .. BitConverter.GetBytes(footer.Count), .. "PAR1"u8];
    }

    static byte[] Varint(long value)
    {
        var bytes = new List<byte>();
        var zigzag = (ulong)(value << 1 ^ value >> 63);
        for (; zigzag > 127; zigzag >>= 7)
            bytes.Add((byte)(zigzag | 128));
        bytes.Add((byte)zigzag);
        return [.. bytes];
    }

    static int VarintLength(byte[] bytes, int at) =>
        bytes.AsSpan(at).IndexOfAnyInRange((byte)0, (byte)127) + 1;
}
