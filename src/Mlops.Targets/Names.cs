using System.Text;

namespace Mlops.Targets;

/// <summary>How names are written, compared and guessed.</summary>
public static class Names
{
    /// <summary>What may be compared: <c>--learning-rate</c> and <c>LearningRate</c> are one name.</summary>
    internal static string Normalize(string name) =>
        string.Create(name.Length - name.Count(IsSeparator), name, (normalized, text) =>
        {
            var position = 0;
            foreach (var character in text)
                if (!IsSeparator(character))
                    normalized[position++] = char.ToLowerInvariant(character);
        });

    /// <summary>
    /// <c>LearningRate</c> becomes <c>learning-rate</c>, <c>MLFlowUri</c> becomes <c>ml-flow-uri</c>.
    /// </summary>
    internal static string Kebab(string name)
    {
        var kebab = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (StartsWord(name, i))
                kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(name[i]));
        }
        return kebab.ToString();
    }

    /// <summary><c>LearningRate</c> becomes <c>LEARNING_RATE</c>.</summary>
    internal static string UpperSnake(string name) => Kebab(name).Replace('-', '_').ToUpperInvariant();

    /// <summary>
    /// The known names that a mistyped one may have meant, nearest first, at most three: those within a third
    /// of its length (at least two) of optimal string alignment distance, in which a swap of neighbours
    /// counts once.
    /// </summary>
    public static IReadOnlyList<string> Nearest(string name, IEnumerable<string> known)
    {
        var normalized = Normalize(name);
        var limit = Math.Max(2, normalized.Length / 3);
        return
        [
            .. known.Select(candidate =>
                (Name: candidate, Distance: Distance(normalized, Normalize(candidate))))
                .Where(candidate => candidate.Distance <= limit && candidate.Distance < candidate.Name.Length)
                .OrderBy(candidate => candidate.Distance)
                .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
                .Select(candidate => candidate.Name)
                .Take(3),
        ];
    }

    /// <summary>" Did you mean X or Y?", or nothing where no name is near.</summary>
    internal static string Suggestion(string name, IEnumerable<string> known)
    {
        var nearest = Nearest(name, known);
        return nearest.Count == 0 ? "" : $" Did you mean {string.Join(" or ", nearest)}?";
    }

    static bool IsSeparator(char character) => character is '-' or '_';

    static bool StartsWord(string name, int i) =>
        i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_'
        && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));

    static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = rows[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[left.Length, right.Length];
    }
}
