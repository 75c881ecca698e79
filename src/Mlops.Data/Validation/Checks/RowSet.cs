using System.Numerics;

namespace Mlops.Data.Validation.Checks;

/// <summary>Some rows of a table: a bit for each row it has, however many of them are in the set.</summary>
/// <param name="rows">How many rows the table has.</param>
public sealed class RowSet(long rows)
{
    readonly ulong[] words = new ulong[(rows + 63) / 64];

    public long Count { get; private set; }

    public void Add(IEnumerable<long> some)
    {
        foreach (var row in some)
        {
            Count += Has(row) ? 0 : 1;
            words[row >> 6] |= 1UL << (int)(row & 63);
        }
    }

    public bool Has(long row) => (words[row >> 6] & (1UL << (int)(row & 63))) != 0;

    /// <summary>Ascending.</summary>
    public IEnumerable<long> Rows()
    {
        for (var word = 0L; word < words.Length; word++)
            for (var rest = words[word]; rest != 0; rest &= rest - 1)
                yield return (word << 6) + BitOperations.TrailingZeroCount(rest);
    }
}
