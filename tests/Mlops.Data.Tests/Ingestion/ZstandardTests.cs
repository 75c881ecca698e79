using System.Text;
using Mlops.Engine;
using ZstdSharp;

namespace Mlops.Data.Tests.Ingestion;

public sealed class ZstandardTests : IDisposable
{
    readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    static byte[] Packed(byte[] bytes)
    {
        using var compressor = new Compressor(3);
        // As its tool does, so that a file that was damaged is found out.
        compressor.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return compressor.Wrap(bytes).ToArray();
    }

    static byte[] Rows(int count) => Encoding.UTF8.GetBytes(
        "a,b\n" + string.Concat(Enumerable.Range(0, count).Select(i => $"{i},{i * 7919 % 10007}\n")));

    async Task<Problem> Problem() =>
        (await Should.ThrowAsync<ProblemException>(() => workspace.Ingest(workspace.Input())))
            .Problems.ShouldHaveSingleItem();

    [Fact]
    public async Task ItIsToldByItsContent()
    {
        workspace.With("data.csv", Packed(Rows(20000)));
        var table = await workspace.Table(workspace.Input());
        table.RowCount.ShouldBe(20000);
        table["b"].Number(19999).ShouldBe(19999L * 7919 % 10007);
    }

    [Fact]
    public async Task SeveralFramesAreOneFile()
    {
        workspace.With("data.csv.zst", [.. Packed(Rows(2)), .. Packed([.. "8,9\n"u8])]);
        (await workspace.Table(workspace.Input())).RowCount.ShouldBe(3);
    }

    /// <summary>As pzstd and the seekable format begin and end, and other tools put between.</summary>
    [Theory]
    [InlineData(0x50)]
    [InlineData(0x5f)]
    public async Task FramesThatAreToBePassedOverHoldNoData(byte first)
    {
        byte[] passed = [first, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4];
        workspace.With(
            "data.csv.zst",
            [.. passed, .. Packed(Rows(2)), .. passed, .. Packed([.. "8,9\n"u8]), .. passed]);
        (await workspace.Table(workspace.Input())).RowCount.ShouldBe(3);
        using var other = new Workspace();
        other.With("data.csv.zst", passed);
        (await other.Problems(other.Input())).ShouldHaveSingleItem().Id.ShouldBe("DATA-014");
    }

    [Theory]
    [InlineData(0.0001)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public async Task ATornOneIsAProblem(double kept)
    {
        var packed = Packed(Rows(20000));
        workspace.With("data.csv.zst", packed[..Math.Max(5, (int)(packed.Length * kept))]);
        (await Problem()).Id.ShouldBe("DATA-018");
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public async Task AFlippedOneIsAProblem(double at)
    {
        var packed = Packed(Rows(20000));
        packed[(int)(packed.Length * at)] ^= 0x40;
        workspace.With("data.csv.zst", packed);
        (await Problem()).Id.ShouldBe("DATA-018");
    }

    [Fact]
    public async Task ABombIsRefused()
    {
        var lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("1,2\n", 1 << 18)));
        var bomb = new MemoryStream();
        using (var packing = new CompressionStream(bomb, 19, leaveOpen: true))
        {
            packing.Write("a,b\n"u8);
            for (var i = 0; i < 80; i++)
                packing.Write(lines);
        }
        workspace.With("bomb.csv.zst", bomb.ToArray());
        (await Problem()).Id.ShouldBe("DATA-019");
    }

    [Fact]
    public async Task AWindowOfAGigabyteIsRefused()
    {
        // A frame header that asks for a window of 2^31 bytes, and a block of raw text.
        byte[] frame = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0x21, 0, 0, .. "a,b\n"u8];
        workspace.With("data.csv.zst", frame);
        (await Problem()).Id.ShouldBe("DATA-018");
    }
}
