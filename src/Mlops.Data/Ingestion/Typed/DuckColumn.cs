using System.Globalization;
using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>A column of a result of DuckDB's.</summary>
/// <param name="AsText">An expression for its values in text.</param>
sealed record DuckColumn(Column Column, CellKind Kind, string AsText)
{
    /// <param name="type">As DuckDB describes it.</param>
    public static DuckColumn Of(string name, string type)
    {
        var quoted = $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        var text = $"CAST({quoted} AS VARCHAR)";
        DuckColumn As(ColumnType column, CellKind kind, string? asText = null) =>
            new(new Column(name, column), kind, asText ?? text);
        if (IsNested(type))
            return As(ColumnType.Text, CellKind.Nested, $"CAST(to_json({quoted}) AS VARCHAR)");
        if (type.StartsWith("DECIMAL(", StringComparison.Ordinal))
            return new DuckColumn(Decimal(name, type), CellKind.Real, text);
        return type switch
        {
            "BOOLEAN" => As(ColumnType.Boolean, CellKind.Boolean),
            "TINYINT" or "SMALLINT" or "INTEGER" or "UTINYINT" or "USMALLINT" =>
                As(ColumnType.Int32, CellKind.Integer),
            "BIGINT" or "HUGEINT" or "UINTEGER" or "UBIGINT" or "UHUGEINT" =>
                As(ColumnType.Integer, CellKind.Integer),
            // As elsewhere, what is no number is missing.
            "FLOAT" or "DOUBLE" => As(
                type == "FLOAT" ? ColumnType.Float : ColumnType.Real, CellKind.Real,
                $"CASE WHEN isnan({quoted}) THEN NULL ELSE {text} END"),
            "DATE" => As(ColumnType.Date, CellKind.Text),
            "TIMESTAMP" or "TIMESTAMP_S" or "TIMESTAMP_MS" or "TIMESTAMP_NS" => As(
                ColumnType.Timestamp, CellKind.Text, $"CAST(CAST({quoted} AS TIMESTAMP) AS VARCHAR)"),
            "TIMESTAMP WITH TIME ZONE" => As(
                ColumnType.Instant, CellKind.Text, $"CAST(timezone('UTC', {quoted}) AS VARCHAR) || 'Z'"),
            "BLOB" => As(ColumnType.Text, CellKind.Binary, $"lower(hex({quoted}))"),
            _ =>
                As(type.StartsWith("ENUM(", StringComparison.Ordinal)
                    ? ColumnType.Category
                    : ColumnType.Text, CellKind.Text),
        };
    }

    static bool IsNested(string type) =>
        type.EndsWith(']') || type.StartsWith("STRUCT(", StringComparison.Ordinal)
        || type.StartsWith("MAP(", StringComparison.Ordinal)
        || type.StartsWith("UNION(", StringComparison.Ordinal);

    /// <summary>More digits than a decimal holds are a double's.</summary>
    static Column Decimal(string name, string type)
    {
        var digits = type["DECIMAL(".Length..^1].Split(',');
        var (precision, scale) = (Number(digits[0]), Number(digits[1]));
        return precision <= DeclaredType.MaxPrecision
            ? new Column(name, ColumnType.Decimal, precision, scale) : new Column(name, ColumnType.Real);
    }

    static int Number(string digits) => int.Parse(digits, NumberStyles.Integer, CultureInfo.InvariantCulture);
}
