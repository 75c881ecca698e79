namespace Mlops.Data.Statistics;

/// <summary>
/// A matrix whose entries are multiplied by a power of ten, so that powers do not overflow.
/// </summary>
readonly record struct ScaledMatrix(double[,] Entries, int Exponent)
{
    /// <summary>The matrix H of Marsaglia, Tsang and Wang (2003), not yet raised to any power.</summary>
    public static ScaledMatrix Durbin(int size, double h)
    {
        var entries = new double[size, size];
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
                entries[i, j] = i - j + 1 < 0 ? 0 : 1;
        for (var i = 0; i < size; i++)
        {
            entries[i, 0] -= Math.Pow(h, i + 1);
            entries[size - 1, i] -= Math.Pow(h, size - i);
        }
        entries[size - 1, 0] += 2 * h - 1 > 0 ? Math.Pow(2 * h - 1, size) : 0;
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
                for (var g = 1; g <= i - j + 1; g++)
                    entries[i, j] /= g;
        return new ScaledMatrix(entries, 0);
    }

    public double Middle(int index) => Entries[index, index];

    public ScaledMatrix Power(long n)
    {
        if (n == 1)
            return this;
        var half = Power(n / 2);
        var square = half.Times(half);
        var power = n % 2 == 0 ? square : square.Times(this);
        return power.Middle(power.Entries.GetLength(0) / 2) > 1e140
            ? new ScaledMatrix(power.Scaled(1e-140), power.Exponent + 140)
            : power;
    }

    ScaledMatrix Times(ScaledMatrix other)
    {
        var size = Entries.GetLength(0);
        var product = new double[size, size];
        for (var i = 0; i < size; i++)
            for (var k = 0; k < size; k++)
                for (var j = 0; j < size; j++)
                    product[i, j] += Entries[i, k] * other.Entries[k, j];
        return new ScaledMatrix(product, Exponent + other.Exponent);
    }

    double[,] Scaled(double factor)
    {
        var scaled = (double[,])Entries.Clone();
        for (var i = 0; i < scaled.GetLength(0); i++)
            for (var j = 0; j < scaled.GetLength(1); j++)
                scaled[i, j] *= factor;
        return scaled;
    }
}
