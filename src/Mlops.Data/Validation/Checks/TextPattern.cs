using System.Text.RegularExpressions;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>Regular expressions that a person wrote, held against texts of any length.</summary>
static class TextPattern
{
    const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>Linear in the text whatever the pattern; the time-out only guards against a fault.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Whether the pattern fits a text from end to end.</summary>
    /// <exception cref="ArgumentException">No regular expression.</exception>
    /// <exception cref="NotSupportedException">Needs backtracking, or grows too large without it.</exception>
    public static Func<string, bool> Whole(string pattern, TimeSpan? patience = null)
    {
        // Alone first: a stray parenthesis must not close the group around it.
        _ = new Regex(pattern, Options);
        return Matcher($@"\A(?:{pattern})\z", pattern, patience ?? Patience);
    }

    /// <summary>Whether a text has what the pattern fits anywhere in it.</summary>
    /// <inheritdoc cref="Whole" path="/exception"/>
    public static Func<string, bool> Anywhere(string pattern, TimeSpan? patience = null) =>
        Matcher(pattern, pattern, patience ?? Patience);

    static Func<string, bool> Matcher(string applied, string written, TimeSpan patience)
    {
        var regex = new Regex(applied, Options, patience);
        return text =>
        {
            try
            {
                return regex.IsMatch(text);
            }
            catch (RegexMatchTimeoutException e)
            {
                throw new ProblemException([new Problem(
                    "VALIDATE-004", "A pattern takes too long.",
                    Expected: FormattableString.Invariant($"an answer within {patience.TotalSeconds} s"),
                    Actual: FormattableString.Invariant($"none for a text of {text.Length} characters"),
                    Next: $"Simplify {written}")], inner: e);
            }
        };
    }
}
