using Mlops.Data.Ingestion;
using Mlops.Data.Tables;

namespace Mlops.Pipelines.Scaffolding;

/// <summary>What stands behind a column's name under <c>data.columns</c>.</summary>
static class ColumnText
{
    /// <param name="form">How its cells are written; null where as the format says.</param>
    public static string Of(Column column, CellForm? form, TextFormat format)
    {
        var type = YamlWord.Of(column.TypeWord);
        if (form?.Declare(column.Name, format) is not { } declared)
            return type;
        var decimals = declared.DecimalSeparator is { } sign ? $", decimal: {YamlWord.Of(sign)}" : "";
        var thousands = declared.Thousands is { } group ? $", thousands: {YamlWord.Of(group)}" : "";
        var pattern = declared.Format is { } written ? $", format: {YamlWord.Of(written)}" : "";
        return $"{{ type: {type}{decimals}{thousands}{pattern} }}";
    }
}
