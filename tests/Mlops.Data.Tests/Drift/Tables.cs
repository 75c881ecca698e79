using Mlops.Data.Tables;

namespace Mlops.Data.Tests.Drift;

/// <summary>Small tables of known distributions.</summary>
static class Tables
{
    public static Table Of(params (string Name, ColumnValues Values)[] columns) => new(
        new TableSchema([.. columns.Select(column => new Column(column.Name, column.Values.Type))]),
        [.. columns.Select(column => column.Values)]);

    public static (string, ColumnValues) Normal(string name, ulong seed, int rows, double mean) =>
        (name, new RealValues(new Draws(seed).Normals(rows, mean)));

    /// <summary>Every so many rows the second level, exactly its share of them.</summary>
    public static (string, ColumnValues) Text(
        string name, string first, string second, int rows, double secondShare) =>
        (name, new TextValues(
            [.. Enumerable.Range(0, rows).Select(i => i < rows * secondShare ? 1 : 0)], [first, second]));
}

/// <summary>
/// A generator of its own, so that no library's change moves a test: SplitMix64 (Steele et al. 2014).
/// </summary>
sealed class Draws(ulong seed)
{
    ulong state = seed * 0x9E3779B97F4A7C15;

    /// <summary>Uniform in (0, 1).</summary>
    public double Uniform()
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (((z ^ (z >> 31)) >> 11) + 0.5) / (1UL << 53);
    }

    /// <summary>Standard normal, by Box and Muller.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    public double[] Normals(int rows, double mean) =>
        [.. Enumerable.Range(0, rows).Select(_ => mean + Normal())];
}
