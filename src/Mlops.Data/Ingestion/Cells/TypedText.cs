using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion;

/// <summary>Values out of cells, as Ingest reads them. What <see cref="ColumnValues.Text"/> wrote reads back
/// equal.</summary>
public static class TypedText
{
    /// <param name="cells">Null is missing.</param>
    /// <param name="problem">Null, or what is wrong with the first cell that is no value of the
    /// column.</param>
    /// <returns>The values before that cell.</returns>
    public static ColumnValues Read(
        ColumnDeclaration column, IEnumerable<string?> cells, out string? problem) =>
        Read(column, cells, new TextFormat(), out problem);

    /// <inheritdoc cref="Read(ColumnDeclaration, IEnumerable{string?}, out string?)"/>
    /// <param name="format">How the cells are written.</param>
    public static ColumnValues Read(
        ColumnDeclaration column, IEnumerable<string?> cells, TextFormat format, out string? problem)
    {
        problem = null;
        using var parser = ColumnParser.Of(column, format);
        foreach (var cell in cells)
        {
            if (cell is null)
                parser.AddMissing();
            else
                problem = parser.Add(cell);
            if (problem is not null)
                break;
        }
        return parser.Take();
    }
}
