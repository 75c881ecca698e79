namespace Mlops.Learning.Evaluation;

/// <summary>
/// A running sum whose rounding error does not grow with the number of terms (Neumaier, 1974).
/// </summary>
struct CompensatedSum
{
    double sum;
    double compensation;

    public readonly double Value => sum + compensation;

    public void Add(double term)
    {
        var total = sum + term;
        compensation += Math.Abs(sum) >= Math.Abs(term) ? sum - total + term : term - total + sum;
        sum = total;
    }

    /// <summary>The mean of f(0) … f(count - 1).</summary>
    public static double Mean(int count, Func<int, double> f)
    {
        var sum = new CompensatedSum();
        for (var i = 0; i < count; i++)
            sum.Add(f(i));
        return sum.Value / count;
    }
}
