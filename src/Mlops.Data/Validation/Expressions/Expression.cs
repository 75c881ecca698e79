using Mlops.Engine;

namespace Mlops.Data.Validation.Expressions;

/// <summary>
/// A condition over the columns of one row: comparisons, arithmetic, <c>and</c>, <c>or</c>, <c>not</c>,
/// <c>is missing</c>, <c>in (…)</c>. It has no functions but <c>abs</c>, no loops and no side effects.
/// </summary>
abstract record Expression(int Position)
{
    public const int LongestText = 2_000;
    public const int DeepestNesting = 50;

    /// <exception cref="ProblemException">It does not read (VALIDATE-006);
    /// the place is within the text.</exception>
    public static Expression Parse(string text)
    {
        var expression = new ExpressionParser(text).Parse();
        return expression.Named().Any()
            ? expression
            : throw Wrong(0, "a column to look at", "a rule without any");
    }

    /// <summary>The columns that it names, each once, in ordinal order.</summary>
    public IReadOnlyList<ColumnName> Columns =>
        [.. Named().DistinctBy(column => column.Name).OrderBy(column => column.Name, StringComparer.Ordinal)];

    protected abstract IEnumerable<ColumnName> Named();

    /// <param name="Exact">Null where it has too many digits.</param>
    public sealed record Number(int Position, double Value, ExactNumber? Exact) : Expression(Position)
    {
        protected override IEnumerable<ColumnName> Named() => [];
    }

    public sealed record Text(int Position, string Value) : Expression(Position)
    {
        protected override IEnumerable<ColumnName> Named() => [];
    }

    public sealed record ColumnName(int Position, string Name) : Expression(Position)
    {
        protected override IEnumerable<ColumnName> Named() => [this];
    }

    /// <param name="Operator"><c>-</c>, <c>not</c>, <c>abs</c> or <c>is missing</c>.</param>
    public sealed record Unary(int Position, string Operator, Expression Operand) : Expression(Position)
    {
        protected override IEnumerable<ColumnName> Named() => Operand.Named();
    }

    /// <param name="Operator"><c>and or = != &lt; &lt;= &gt; &gt;= + - * /</c></param>
    public sealed record Binary(int Position, string Operator, Expression Left, Expression Right)
        : Expression(Position)
    {
        protected override IEnumerable<ColumnName> Named() => Left.Named().Concat(Right.Named());
    }

    public sealed record Among(int Position, Expression Operand, IReadOnlyList<Expression> Members)
        : Expression(Position)
    {
        protected override IEnumerable<ColumnName> Named() =>
            Operand.Named().Concat(Members.SelectMany(member => member.Named()));
    }

    internal static ProblemException Wrong(int position, string expected, string actual) => new(new Problem(
        "VALIDATE-006", "The rule does not read.", new Place("", Column: position + 1), expected, actual));
}
