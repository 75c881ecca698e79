using System.Globalization;
using System.Text;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;

namespace Mlops.Data.Tests.Ingestion.Delimited;

/// <summary>One row group after the other in the same memory.</summary>
public sealed class RowGroupTests
{
    [Fact]
    public async Task NoRowGroupShowsWhatTheOneBeforeItLeft()
    {
        var reading = new Reading(new TextFormat(Header: false, Missing: ["-1"]),
        [
            new ColumnDeclaration("name", ColumnType.Text),
            new ColumnDeclaration("kind", ColumnType.Category),
            new ColumnDeclaration("size", ColumnType.Real),
            new ColumnDeclaration("count", ColumnType.Integer),
        ]);
        var rows = new StringBuilder();
        for (var row = 0; row < 500; row++)
            rows.Append(CultureInfo.InvariantCulture,
                $"n{row * 7 % 40},{(row % 3 == 0 ? " k" : "k")}{row % 5},{row % 11 - 1},{row}\n");
        var bytes = Encoding.UTF8.GetBytes(rows.ToString());

        (await reading.InBlocks(bytes, windowBytes: 1 << 16, recordsBytes: 1))
            .ShouldBe(await reading.RecordByRecord(bytes));
    }

    [Fact]
    public void TextsOneBehindTheOtherAreTheTextsThatWereAdded()
    {
        var texts = new PackedTexts("abéc".AsMemory(), new[] { 0, 2, 2, 4 });

        texts.ShouldBe(["", "ab", "", "éc"]);
        texts.Count.ShouldBe(4);
        texts[1].ShouldBe("ab");
    }
}
