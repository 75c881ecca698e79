using System.Globalization;
using System.Text.RegularExpressions;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>Tests every value of a column. Equal values are tested once.</summary>
static class RowChecking
{
    /// <summary>Linear in the text whatever the pattern; the time-out only guards against a fault.</summary>
    static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(30);

    static readonly string[] BooleanTexts = ["true", "false", "0", "1"];

    public static RowCheckResult Run(ColumnValues values, RowCheck check)
    {
        var passes = Predicate(values, check);
        var (tested, failing) = (0L, 0L);
        var samples = new List<CheckSample>();
        for (var row = 0; row < values.Count; row++)
        {
            if (values.IsMissing(row))
                continue;
            tested++;
            if (passes(row))
                continue;
            failing++;
            if (samples.Count < RowCheckResult.MaxSamples)
                samples.Add(new CheckSample(row, values.Text(row)));
        }
        return new RowCheckResult(tested, failing, samples);
    }

    /// <summary>The pattern as it is applied: to the whole text.</summary>
    /// <exception cref="ArgumentException">No regular expression.</exception>
    /// <exception cref="NotSupportedException">Needs backtracking, or grows too large without it.</exception>
    public static Regex Compile(string pattern)
    {
        const RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        // Alone first: a stray parenthesis must not close the group around it.
        _ = new Regex(pattern, options, PatternTimeout);
        return new Regex($@"\A(?:{pattern})\z", options, PatternTimeout);
    }

    static Func<int, bool> Predicate(ColumnValues values, RowCheck check) => check.Kind switch
    {
        RowCheckKind.Range => row => InRange(values.Number(row), check),
        RowCheckKind.Set => ByText(values, Allowed(values, check.Set!).Contains),
        RowCheckKind.Pattern => ByText(values, Matches(check.Pattern!)),
        _ => ByText(values, text => Parses(text, check.Type!.Value)),
    };

    static bool InRange(double value, RowCheck check) =>
        !(value < check.Min) && !(value > check.Max);

    static Func<string, bool> Matches(string pattern)
    {
        var regex = Compile(pattern);
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
                    Expected: $"an answer within {PatternTimeout.TotalSeconds} s",
                    Actual: $"none for a text of {text.Length} characters",
                    Next: $"Simplify {pattern}")], inner: e);
            }
        };
    }

    /// <summary>
    /// Members as the column writes its values: in a column of reals or decimals, 1 and 1.0 are one member.
    /// </summary>
    static HashSet<string> Allowed(ColumnValues values, IReadOnlyList<string> set)
    {
        var allowed = new HashSet<string>(set, StringComparer.Ordinal);
        if (values.Type.IsReal())
            foreach (var member in set)
                if (double.TryParse(member, CultureInfo.InvariantCulture, out var number))
                    allowed.Add(new RealValues([number], values.Type).Text(0) ?? member);
        if (values is WholeValues { Type: ColumnType.Decimal, Scale: var scale })
            foreach (var member in set)
                if (DecimalText.TryParse(member, '.', DeclaredType.MaxPrecision, scale, out var units))
                    allowed.Add(new WholeValues(ColumnType.Decimal, [units], scale).Text(0)!);
        return allowed;
    }

    static Func<int, bool> ByText(ColumnValues values, Func<string, bool> passes)
    {
        if (values is TextValues text)
        {
            var byCode = new bool?[text.Levels.Count];
            var codes = text.Codes.ToArray();
            return row => byCode[codes[row]] ??= passes(text.Levels[codes[row]]);
        }
        var byValue = new Dictionary<long, bool>();
        return row =>
        {
            var key = values is WholeValues whole
                ? whole.Values[row]
                : BitConverter.DoubleToInt64Bits(values.Number(row));
            if (!byValue.TryGetValue(key, out var passed))
                byValue[key] = passed = passes(values.Text(row)!);
            return passed;
        };
    }

    static bool Parses(string text, ColumnType type) => type switch
    {
        ColumnType.Boolean => BooleanTexts.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase),
        ColumnType.Integer => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        ColumnType.Int32 => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        ColumnType.Decimal => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _),
        ColumnType.Real or ColumnType.Float => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        ColumnType.Date => DateOnly.TryParseExact(
            text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        ColumnType.Timestamp or ColumnType.Instant => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        _ => true,
    };
}
