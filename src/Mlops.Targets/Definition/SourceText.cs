using System.Linq.Expressions;
using System.Text.RegularExpressions;

namespace Mlops.Targets;

/// <summary>What a lambda says, as its author wrote it or nearly so.</summary>
static partial class SourceText
{
    /// <summary>The source text of a lambda without its arrow.</summary>
    public static string BodyOf(string? lambda)
    {
        var text = (lambda ?? "").Trim();
        return text.StartsWith("() =>", StringComparison.Ordinal) ? text["() =>".Length..].TrimStart() : text;
    }

    /// <summary>
    /// An expression tree has lost its text; it is written again, without the object that it closes over.
    /// </summary>
    public static string BodyOf(LambdaExpression lambda)
    {
        var text = ClosedOver().Replace(lambda.Body.ToString(), "")
            .Replace(" AndAlso ", " && ", StringComparison.Ordinal)
            .Replace(" OrElse ", " || ", StringComparison.Ordinal);
        return lambda.Body is BinaryExpression && text is ['(', .. var inner, ')'] ? inner : text;
    }

    [GeneratedRegex(@"value\([^()]*\)\.")]
    private static partial Regex ClosedOver();
}
