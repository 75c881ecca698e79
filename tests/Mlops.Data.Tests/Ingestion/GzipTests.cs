using System.IO.Compression;
using System.Text;
using Mlops.Data.Ingestion;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>Files of several gzip members, as <c>cat a.gz b.gz</c> and bgzip write them.</summary>
public sealed class GzipTests : IDisposable
{
    readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    static byte[] Packed(byte[] bytes, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    static byte[] Rows(int from, int count) => Encoding.UTF8.GetBytes(
        string.Concat(Enumerable.Range(from, count).Select(i => $"{i},{i * 7919L % 10007}\n")));

    async Task<string> Id(byte[] bytes)
    {
        using var other = new Workspace();
        other.With("data.csv.gz", bytes);
        var problem = await Should.ThrowAsync<ProblemException>(() => other.Ingest(other.Input()));
        return problem.Problems.ShouldHaveSingleItem().Id;
    }

    /// <summary>A file may end wherever a member ends, and nowhere else.</summary>
    [Fact]
    public async Task OneThatIsCutOffInALaterMemberIsDamagedWhereverThatIs()
    {
        var first = Packed([.. "a,b\n"u8, .. Rows(0, 2)]);
        byte[] whole = [.. first, .. Packed(Rows(2, 3))];
        for (var length = first.Length + 1; length < whole.Length; length++)
            (await Id(whole[..length])).ShouldBe("DATA-018", $"at byte {length} of {whole.Length}");
        workspace.With("data.csv.gz", whole);
        (await workspace.Table(workspace.Input())).RowCount.ShouldBe(5);
    }

    [Theory]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.NoCompression)]
    public async Task ManyMembersOfAnyLengthAreOneFile(CompressionLevel level)
    {
        var random = new Random(7);
        var packed = new List<byte>(Packed([.. "a,b\n"u8], level));
        var rows = 0;
        for (var i = 0; i < 300; i++)
        {
            var count = random.Next(4) == 0 ? 0 : random.Next(1, 2000);
            packed.AddRange(Packed(Rows(rows, count), level));
            rows += count;
        }
        workspace.With("data.csv.gz", [.. packed]);
        var table = await workspace.Table(workspace.Input());
        table.RowCount.ShouldBe(rows);
        table["a"].Number(rows - 1).ShouldBe(rows - 1);
        (await Id([.. packed[..^9]])).ShouldBe("DATA-018");
    }

    /// <summary>So that what a member begins with comes in two parts, or three.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(64)]
    public async Task MembersAreToldHoweverFewBytesComeAtATime(int most)
    {
        byte[] packed =
        [
            .. Packed(Rows(0, 400)), .. Packed([]), .. Packed(Rows(400, 1)), .. Packed(Rows(401, 9)),
        ];
        var ct = TestContext.Current.CancellationToken;
        await using var unpacked = await Unpacked.Open(
            new Sparing(new MemoryStream(packed), most), packed.Length, ct);
        using var text = new MemoryStream();
        await unpacked.Bytes.CopyToAsync(text, ct);
        await unpacked.Finish(ct);
        text.ToArray().ShouldBe(Rows(0, 410));
    }

    /// <summary>Packed data may hold what a member begins with, and even a whole member.</summary>
    [Fact]
    public async Task WhatLooksLikeAMemberInsideOneIsData()
    {
        byte[] inner =
            [.. Packed(Rows(0, 1)).Select(b => ",\n\r\""u8.Contains(b) ? (byte)'x' : b)];
        byte[] text = [.. "a,b\n1,"u8, .. inner, .. "\n2,"u8, 0x1f, 0x8b, 8, .. "\n"u8];
        workspace.With(
            "data.csv.gz", [.. Packed(text, CompressionLevel.NoCompression), .. Packed([.. "3,c\n"u8])]);
        var table = await workspace.Table(workspace.Input(new TextFormat(Encoding: "iso-8859-1")));
        table.RowCount.ShouldBe(3);
        table["b"].Text(2).ShouldBe("c");
    }

    [Fact]
    public async Task BytesBehindTheLastMemberAreDamage() =>
        (await Id([.. Packed([.. "a,b\n1,2\n"u8]), .. Packed([.. "3,4\n"u8]), .. "more"u8]))
            .ShouldBe("DATA-018");

    /// <summary>Nothing of the data is there yet, which is no reason to call the file empty.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    public async Task OneThatIsCutOffInItsHeaderIsDamagedAndNotEmpty(int length)
    {
        (await Id(Packed([.. "a,b\n1,2\n"u8])[..length])).ShouldBe("DATA-018");
        (await Id(Packed([]))).ShouldBe("DATA-014");
    }

    /// <summary>Gives at most so many bytes at a time.</summary>
    sealed class Sparing(Stream bytes, int most) : ReadOnlyStream
    {
        public override int Read(Span<byte> buffer) => bytes.Read(buffer[..Math.Min(most, buffer.Length)]);

        public override ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            bytes.ReadAsync(buffer[..Math.Min(most, buffer.Length)], cancellationToken);
    }
}
