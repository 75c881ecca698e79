using Mlops.Data.Ingestion;
using Mlops.Data.Tables;

namespace Mlops.Pipelines.Scaffolding;

/// <summary>What stands behind a column's name under <c>data.columns</c>.</summary>
static class ColumnText
{
    /// <param name="grouped">How its numbers are written; null where as the format says.</param>
    public static string Of(Column column, GroupedNumbers? grouped, TextFormat format)
    {
        var type = YamlWord.Of(column.TypeWord);
        if (grouped?.Declare(column.Name, format) is not { Thousands: { } thousands } declared)
            return type;
        var decimals = declared.DecimalSeparator is { } sign ? $", decimal: {YamlWord.Of(sign)}" : "";
        return $"{{ type: {type}{decimals}, thousands: {YamlWord.Of(thousands)} }}";
    }

    /// <param name="hides">Whether no cell may be shown.</param>
    public static string Evidence(GroupedNumbers grouped, bool hides) =>
        $"{(hides ? "its cells have" : $"'{grouped.Example}' has")} '{grouped.Signs.Thousands}' between "
        + "thousands";
}
