using System.Numerics;
using System.Text.RegularExpressions;

namespace Mlops.Data.Validation.Checks;

/// <summary>
/// Finds what looks like personal data anywhere in a text. Card numbers and IBANs must have the right check
/// digits; the others are told by their shape alone, so that some that are found are none.
/// </summary>
static class PersonalData
{
    /// <summary>What can be asked for by name; anything else is taken for a pattern.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["card", "email", "iban", "phone"];

    /// <param name="kinds">Of <see cref="Kinds"/>, or patterns to search for.</param>
    /// <param name="patience">How long a pattern may take for one text; as all do when left out.</param>
    public static Func<string, bool> Finder(IEnumerable<string> kinds, TimeSpan? patience = null)
    {
        var finders = kinds.Select(kind => Single(kind, patience)).ToList();
        return text => finders.Exists(find => find(text));
    }

    static Func<string, bool> Single(string kind, TimeSpan? patience)
    {
        switch (kind)
        {
            case "email":
                return Shapes.Email.IsMatch;
            case "phone":
                return Shapes.Phone.IsMatch;
            case "card":
                return text =>
                    Shapes.Card.EnumerateMatches(text) is var matches && Any(matches, text, HasLuhnDigit);
            case "iban":
                return text =>
                    Shapes.Iban.EnumerateMatches(text) is var matches && Any(matches, text, HasIbanDigits);
            default:
                return TextPattern.Anywhere(kind, patience);
        }
    }

    static bool Any(Regex.ValueMatchEnumerator matches, string text, Func<string, bool> isRight)
    {
        foreach (var match in matches)
            if (isRight(text.Substring(match.Index, match.Length)))
                return true;
        return false;
    }

    /// <summary>
    /// ISO/IEC 7812-1, annex B: every second digit from the right doubled, the sum divisible by ten.
    /// </summary>
    static bool HasLuhnDigit(string number)
    {
        var (sum, doubled) = (0, false);
        for (var i = number.Length - 1; i >= 0; i--)
        {
            if (!char.IsAsciiDigit(number[i]))
                continue;
            var digit = (number[i] - '0') * (doubled ? 2 : 1);
            sum += digit > 9 ? digit - 9 : digit;
            doubled = !doubled;
        }
        return sum > 0 && sum % 10 == 0;
    }

    /// <summary>ISO 13616: the first four moved to the end, letters as 10 … 35, modulo 97 is 1.</summary>
    /// <remarks>
    /// What follows an IBAN may look like more of it: the longest start with the right digits counts.
    /// </remarks>
    static bool HasIbanDigits(string found)
    {
        var packed = found.Replace(" ", "", StringComparison.Ordinal);
        for (var length = packed.Length; length >= 15; length--)
            if (Modulo97(packed[4..length] + packed[..4]) == 1)
                return true;
        return false;
    }

    static int Modulo97(string moved) => (int)(moved.Aggregate(BigInteger.Zero, (number, c) =>
        char.IsAsciiDigit(c) ? number * 10 + (c - '0') : number * 100 + (c - 'A' + 10)) % 97);

    /// <summary>
    /// Apart, so that they are made when texts are searched: that takes milliseconds, and each
    /// validation looks at the <see cref="Kinds"/>.
    /// </summary>
    static class Shapes
    {
        public static readonly Regex Email = Of(@"[\w.%+-]+@[\w-]+(\.[\w-]+)*\.[A-Za-z]{2,}");
        public static readonly Regex Card = Of("[0-9]([ -]?[0-9]){12,18}");
        public static readonly Regex Phone = Of(
            @"(\+|00)[1-9][0-9]{0,2}[ ./-]?\(?[0-9][0-9 ()./-]{5,16}[0-9]"
            + @"|\([0-9]{2,5}\)[ ]?[0-9][0-9 /-]{4,12}[0-9]"
            + "|[0-9]{3}-[0-9]{3}-[0-9]{4}");
        public static readonly Regex Iban = Of("[A-Z]{2}[0-9]{2}( ?[A-Z0-9]){11,30}");

        static Regex Of(string pattern) =>
            new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }
}
