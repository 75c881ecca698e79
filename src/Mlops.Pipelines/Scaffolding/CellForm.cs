using Mlops.Data.Ingestion;

namespace Mlops.Pipelines.Scaffolding;

/// <summary>How cells of a column of text are written that are numbers or dates: one of the two.</summary>
sealed record CellForm(GroupedNumbers? Numbers, WrittenDates? Dates)
{
    /// <param name="cells">All different ones that have a value, trimmed.</param>
    /// <returns>Null where they are neither, or may be read in more than one way.</returns>
    public static CellForm? Find(IReadOnlyCollection<string> cells, TextFormat format) =>
        GroupedNumbers.Find(cells, format.DecimalSeparator[0]) is { } numbers ? new(numbers, null)
        : WrittenDates.Find(cells) is { } dates ? new(null, dates)
        : null;

    public ColumnDeclaration Declare(string column, TextFormat format) =>
        Numbers?.Declare(column, format) ?? Dates!.Declare(column);

    /// <param name="hides">Whether no cell may be shown.</param>
    public string Evidence(bool hides) => Numbers is { } numbers
        ? $"{(hides ? "its cells have" : $"'{numbers.Example}' has")} '{numbers.Signs.Thousands}' between "
            + "thousands"
        : hides ? $"its cells are written as {Dates!.Pattern}"
        : $"'{Dates!.Example}' is written as {Dates.Pattern}";
}
