using System.Globalization;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Names that look alike and are not, because one is written with letters and accents apart (Unicode's form
/// NFD, as names of files on macOS are) and the other with both in one.
/// </summary>
static class ComposedNames
{
    /// <returns>A sentence with a blank behind it, or nothing.</returns>
    public static string Hint(IReadOnlyList<string> names, IReadOnlyList<string> others)
    {
        foreach (var name in names)
            foreach (var other in others)
                if (LookAlike(name, other) || LookAlike(other, name))
                    return $"'{name}' is there as '{other}', which looks alike: one has letters and accents "
                        + "apart (Unicode NFD), the other in one (NFC). ";
        return "";
    }

    /// <summary>Whether the letters are the same but for those that have accents.</summary>
    static bool LookAlike(string apart, string together)
    {
        if (apart.Length <= together.Length)
            return false;
        var at = 0;
        for (var i = 0; i < apart.Length; at++)
        {
            var end = i + 1;
            while (end < apart.Length
                && CharUnicodeInfo.GetUnicodeCategory(apart[end]) == UnicodeCategory.NonSpacingMark)
                end++;
            if (at == together.Length || (end == i + 1
                ? together[at] != apart[i]
                : char.IsAscii(together[at]) || !char.IsLetter(together[at])))
                return false;
            i = end;
        }
        return at == together.Length;
    }
}
