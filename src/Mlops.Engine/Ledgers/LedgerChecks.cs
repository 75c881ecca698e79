namespace Mlops.Engine;

/// <summary>Whether the entries of a ledger agree with each other.</summary>
public static class LedgerChecks
{
    /// <summary>
    /// Everything in which they do not, each pinned to its entry. The last entry is vouched for by no other:
    /// only a head that was kept elsewhere tells whether it is what was written, and whether
    /// others came after it.
    /// </summary>
    public static IReadOnlyList<Problem> Of(IReadOnlyList<LedgerLine> lines)
    {
        var problems = new List<Problem>();
        LedgerLine? previous = null;
        var number = 0L;
        foreach (var line in lines)
        {
            var expected = number + 1;
            number = line.Entry?.Number ?? expected;
            if (line.Entry is null)
                problems.Add(Unreadable(expected));
            else if (number != expected)
                problems.Add(OutOfPlace(expected, number));
            else if (previous?.Entry is { } before
                && !previous.PeaksAfter(before).SequenceEqual(line.Entry.Before))
                problems.Add(Contradicted(number - 1));
            previous = line;
        }
        return problems;
    }

    static Problem Unreadable(long number) => new(
        "ENGINE-022", $"Entry {number} of the ledger is damaged: it cannot be read.",
        Next: "Put the ledger back from a copy.");

    static Problem OutOfPlace(long expected, long number) => new(
        "ENGINE-022",
        number > expected
            ? $"{Range(expected, number - 1)} missing from the ledger."
            : $"Entry {number} of the ledger stands where entry {expected} belongs.",
        Next: "Put the ledger back from a copy.");

    static string Range(long first, long last) =>
        first == last ? $"Entry {first} is" : $"Entries {first} to {last} are";

    static Problem Contradicted(long number) => new(
        "ENGINE-023",
        $"Entry {number} of the ledger is not what was written: entry {number + 1} has it otherwise.",
        Next: "Put the ledger back from a copy.");
}
