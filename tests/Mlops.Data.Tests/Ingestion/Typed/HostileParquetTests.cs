using Mlops.Data.Ingestion;
using Mlops.Engine;

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

    /// <summary>
    /// The library makes room for it and touches none; whoever has no room for it gets the same problem.
    /// </summary>
    [Theory]
    [InlineData("uncompressed")]
    [InlineData("gzip")]
    public async Task APageThatClaimsTwoGigabytesIsRefusedOrReadAsItIs(string compression)
    {
        var whole = await files.Bytes(files.AddParquet(
            "a.parquet", "select 'text ' || (i % 3) t from range(1000) r(i)",
            $", compression {compression}"));
        // A page begins with its kind (0x15 and 0 or 4) and its length unpacked (0x15 and a number).
        byte[] claimed =
        [
            .. whole[..7], .. Varint(int.MaxValue), .. whole[(7 + VarintLength(whole, 7))..],
        ];
        (await Refused(files.Add("b.parquet", claimed))).Id.ShouldBe("DATA-005");
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
