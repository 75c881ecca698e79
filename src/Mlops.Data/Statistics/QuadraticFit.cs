namespace Mlops.Data.Statistics;

/// <summary>The parabola of least squares through some points.</summary>
static class QuadraticFit
{
    /// <summary>Its value at x, by polynomials that are orthogonal over the points (Forsythe 1957).</summary>
    public static double At(double x, double[] points, double[] values)
    {
        var mean = points.Average();
        var width = points.Sum(p => Linear(p) * Linear(p));
        var shift = points.Sum(p => p * Linear(p) * Linear(p)) / width;
        var height = width / points.Length;
        return Coefficient(_ => 1) + Coefficient(Linear) * Linear(x) + Coefficient(Square) * Square(x);

        double Linear(double p) => p - mean;

        double Square(double p) => (p - shift) * Linear(p) - height;

        double Coefficient(Func<double, double> basis) =>
            points.Zip(values, (p, v) => v * basis(p)).Sum() / points.Sum(p => basis(p) * basis(p));
    }
}
