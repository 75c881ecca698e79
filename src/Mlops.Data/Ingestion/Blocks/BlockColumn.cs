namespace Mlops.Data.Ingestion;

/// <summary>One column of a block, and what stands for no value in it.</summary>
/// <param name="position">Which cell of each row.</param>
/// <param name="missingWords">Trimmed.</param>
sealed class BlockColumn(CellBlock block, int position, MissingCells missing, string[] missingWords)
{
    public CellBlock.Cells Cells => block.Column(position);

    public MissingCells Missing => missing;

    public string[] MissingWords => missingWords;

    /// <inheritdoc cref="CellBlock.Decode"/>
    public ReadOnlySpan<char> Text(ReadOnlySpan<byte> cell) => block.Decode(cell);

    /// <summary>How many lines end in the block before a row.</summary>
    public int LinesBefore(int row) => block.LinesBetween(0, block.StartOf(row));
}
