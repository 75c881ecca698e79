using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Consistency;

/// <summary>Cells and numbers can be told apart by the signs that are declared.</summary>
static class FormatChecks
{
    public static void Run(DataSpecification data, CrossChecks checks)
    {
        var format = data.Format;
        CheckCells("data.format", format, checks);
        CheckThousands("data.format", NumberSigns.Of(format), format.Thousands, format, checks);
        foreach (var column in data.Columns ?? [])
            CheckColumn(column, YamlPath.Of("data.columns", column.Name), format, checks);
    }

    public static void CheckCells(string path, TextFormat format, CrossChecks checks)
    {
        if (format.Delimiter == format.Quote)
            checks.Contradiction(
                path + ".quote", "Cells cannot be told apart", "a quote unlike the delimiter",
                "both are " + YamlPath.Quote(format.Delimiter));
    }

    static void CheckColumn(ColumnDeclaration column, string path, TextFormat format, CrossChecks checks)
    {
        var type = $"type {column.Column().TypeWord}";
        if (column.Format is not null && !column.Type.IsTime())
            checks.Contradiction(path + ".format", "Only dates and timestamps have a format", "no format",
                type, "remove the format or change the type");
        if (column.DecimalSeparator is not null && (!column.Type.IsNumber() || column.Type.IsInteger()))
            checks.Contradiction(
                path + ".decimal", "Only real, float and decimal columns have a decimal separator",
                "no decimal separator", type, "remove it or change the type");
        else if (column.Thousands is not null && !column.Type.IsNumber())
            checks.Contradiction(path + ".thousands", "Only numbers have thousands",
                "no thousands separator", type, "remove it or change the type");
        else if ((column.Thousands ?? column.DecimalSeparator) is not null)
            CheckThousands(path, NumberSigns.Of(column, format), column.Thousands, format, checks);
    }

    /// <param name="own">What is declared at the path itself;
    /// null where it says nothing of thousands.</param>
    static void CheckThousands(
        string path, NumberSigns signs, string? own, TextFormat format, CrossChecks checks)
    {
        if (signs.AreAlike)
            checks.Contradiction(
                path + (own is null ? ".decimal" : ".thousands"),
                "Decimals and thousands cannot be told apart", "two different separators",
                "both are " + YamlPath.Quote(signs.Decimal.ToString()),
                "declare decimal and thousands as the files have them; thousands: \"\" is none in a column");
        else if (own is { Length: > 0 } && own == format.Delimiter && format.Quote is null)
            checks.Contradiction(
                path + ".thousands", "Thousands and cells cannot be told apart",
                "another separator, or quoted cells", "both are " + YamlPath.Quote(own)
                    + ", and the files know no quoting");
    }
}
