using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Validation.Expressions;

/// <summary>
/// Binds expressions to a table and finds what cannot be compared. What needs a missing cell is neither true
/// nor false.
/// </summary>
sealed class ExpressionBinding(TableSchema schema, Table table)
{
    /// <summary>Of a second; times are microseconds.</summary>
    const int SecondDigits = 6;

    /// <exception cref="ProblemException">An unknown column,
    /// or operands that do not fit (VALIDATE-006).</exception>
    public static Func<int, bool?> Condition(Expression expression, Table table)
    {
        var bound = new ExpressionBinding(table.Schema, table).Bind(expression);
        return bound.Holds ?? throw Expression.Wrong(
            expression.Position, "a condition, such as a <= b",
            bound.Kind == ValueKind.Text ? "a text" : "a number");
    }

    Bound Bind(Expression expression) => expression switch
    {
        Expression.Number number => Number(number.Value, number.Exact),
        Expression.Text text => new Bound(ValueKind.Text, Text: _ => text.Value),
        Expression.ColumnName column => Column(column),
        Expression.Unary unary => Unary(unary),
        Expression.Among among => Among(among),
        Expression.Binary { Operator: "and" or "or" } both => Both(both),
        Expression.Binary { Operator: "+" or "-" or "*" or "/" } sum => Arithmetic(sum),
        Expression.Binary comparison => Comparison(comparison),
        _ => throw new ArgumentException("An expression of no known kind.", nameof(expression)),
    };

    Bound Column(Expression.ColumnName column)
    {
        var index = schema.IndexOf(column.Name);
        if (index < 0)
            throw new ProblemException(new Problem(
                "VALIDATE-006", $"A rule names the column '{column.Name}', which the dataset does not have.",
                new Place("", Column: column.Position + 1),
                Next: NearestNames.Suggest(column.Name, schema.Columns.Select(known => known.Name))));
        var values = table[index];
        return values is TextValues
            ? new Bound(ValueKind.Text, Text: values.Text)
            : new Bound(
                ValueKind.Number, Number: values.Number,
                Exact: values is WholeValues whole ? Exact(whole) : null);
    }

    static Bound Number(double value, ExactNumber? exact = null) => new(
        ValueKind.Number, Number: _ => value, Exact: exact is null ? null : _ => exact);

    static Func<int, ExactNumber?> Exact(WholeValues values)
    {
        var scale = values.Type.IsMoment() ? SecondDigits : values.Scale;
        return row => values.IsMissing(row) ? null : new ExactNumber(values.Values[row], scale);
    }

    Bound Unary(Expression.Unary unary)
    {
        var operand = Bind(unary.Operand);
        switch (unary.Operator)
        {
            case "is missing":
                return operand.Kind switch
                {
                    ValueKind.Number => Yes(row => double.IsNaN(operand.Number!(row))),
                    ValueKind.Text => Yes(row => operand.Text!(row) is null),
                    _ => Yes(row => operand.Holds!(row) is null),
                };
            case "not":
                Need(unary.Operand, operand, ValueKind.Condition);
                return Yes(row => !operand.Holds!(row));
            default:
                Need(unary.Operand, operand, ValueKind.Number);
                return operand with
                {
                    Number = unary.Operator == "-"
                        ? row => -operand.Number!(row)
                        : row => Math.Abs(operand.Number!(row)),
                    Exact = operand.Exact is not { } exact ? null
                        : unary.Operator == "-" ? row => exact(row)?.Negated() : row => exact(row)?.Abs(),
                };
        }
    }

    /// <summary>Kleene's logic: false and unknown is false, true or unknown is true.</summary>
    Bound Both(Expression.Binary both)
    {
        var (left, right) = (Bind(both.Left), Bind(both.Right));
        Need(both.Left, left, ValueKind.Condition);
        Need(both.Right, right, ValueKind.Condition);
        return both.Operator == "and"
            ? Yes(row => left.Holds!(row) & right.Holds!(row))
            : Yes(row => left.Holds!(row) | right.Holds!(row));
    }

    Bound Arithmetic(Expression.Binary sum)
    {
        var (left, right) = (Bind(sum.Left), Bind(sum.Right));
        Need(sum.Left, left, ValueKind.Number);
        Need(sum.Right, right, ValueKind.Number);
        var (a, b) = (left.Number!, right.Number!);
        return new Bound(ValueKind.Number, Number: sum.Operator switch
        {
            "+" => row => a(row) + b(row),
            "-" => row => a(row) - b(row),
            "*" => row => a(row) * b(row),
            _ => row => a(row) / b(row),
        }, Exact: Exact(sum.Operator, left.Exact, right.Exact));
    }

    /// <returns>Null of quotients.</returns>
    static Func<int, ExactNumber?>? Exact(
        string sign, Func<int, ExactNumber?>? left, Func<int, ExactNumber?>? right) =>
        left is null || right is null ? null : sign switch
        {
            "+" => row => left(row) is { } a && right(row) is { } b ? a.Plus(b) : null,
            "-" => row => left(row) is { } a && right(row) is { } b ? a.Minus(b) : null,
            "*" => row => left(row) is { } a && right(row) is { } b ? a.Times(b) : null,
            _ => null,
        };

    Bound Comparison(Expression.Binary comparison)
    {
        var (left, right) = Alike(comparison.Left, comparison.Right);
        var holds = comparison.Operator switch
        {
            "=" => (Func<int, bool>)(order => order == 0),
            "!=" => order => order != 0,
            "<" => order => order < 0,
            "<=" => order => order <= 0,
            ">" => order => order > 0,
            _ => order => order >= 0,
        };
        return Yes(row => left.Order(right, row) is { } order ? holds(order) : null);
    }

    Bound Among(Expression.Among among)
    {
        var whole = among.Members
            .Select(member =>
                Comparison(new Expression.Binary(member.Position, "=", among.Operand, member)).Holds!)
            .ToList();
        return Yes(row =>
        {
            bool? any = false;
            foreach (var member in whole)
                any |= member(row);
            return any;
        });
    }

    /// <summary>Both sides of one kind. A text beside a date column is a date.</summary>
    (Bound Left, Bound Right) Alike(Expression left, Expression right)
    {
        if ((AsMoment(left, right) ?? AsSingle(left, right)) is { } fitted)
            return (Bind(left), fitted);
        if ((AsMoment(right, left) ?? AsSingle(right, left)) is { } first)
            return (first, Bind(right));
        var (a, b) = (Bind(left), Bind(right));
        if (a.Kind == ValueKind.Condition || a.Kind != b.Kind)
            throw Expression.Wrong(right.Position, "both sides numbers, or both texts",
                $"a {Said(a.Kind)} and a {Said(b.Kind)}");
        return (a, b);
    }

    Bound? AsMoment(Expression column, Expression text)
    {
        if (column is not Expression.ColumnName { Name: var name }
            || text is not Expression.Text { Value: var word }
            || schema.Find(name) is not { } known || !known.Type.IsTime())
            return null;
        var moment = Moment(word, known.Type) ?? throw Expression.Wrong(
            text.Position, known.Type == ColumnType.Date
                ? "a date as 2026-01-31"
                : "a time as 2026-01-31T12:00:00", $"'{word}'");
        return known.Type == ColumnType.Date
            ? Number(moment, new ExactNumber(moment, 0))
            : Number(moment / 1e6, new ExactNumber(moment, SecondDigits));
    }

    /// <summary>Beside a column of single precision 0.1 is what the column has for it.</summary>
    Bound? AsSingle(Expression column, Expression number) =>
        column is Expression.ColumnName { Name: var name }
        && schema.Find(name)?.Type == ColumnType.Float && Literal(number) is { } value
            ? Number((float)value) : null;

    static double? Literal(Expression expression) => expression switch
    {
        Expression.Number number => number.Value,
        Expression.Unary { Operator: "-", Operand: Expression.Number number } => -number.Value,
        _ => null,
    };

    /// <summary>Days or microseconds.</summary>
    static long? Moment(string word, ColumnType type) => type == ColumnType.Date
        ? IsoTime.TryDate(word, out var days) ? days : null
        : IsoTime.TryTimestamp(word, out var microseconds) ? microseconds : null;

    static void Need(Expression expression, Bound bound, ValueKind kind)
    {
        if (bound.Kind != kind)
            throw Expression.Wrong(expression.Position, $"a {Said(kind)}", $"a {Said(bound.Kind)}");
    }

    static Bound Yes(Func<int, bool?> holds) => new(ValueKind.Condition, Holds: holds);

    static string Said(ValueKind kind) => kind.ToString().ToLowerInvariant();
}
