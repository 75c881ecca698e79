namespace Mlops.Learning.Evaluation;

/// <summary>Numbers: the actual one and the predicted one, in the unit of the label.</summary>
public sealed class RegressionOutcomes : Outcomes
{
    readonly double[] actual;
    readonly double[] predicted;

    public RegressionOutcomes(double[] actual, double[] predicted)
    {
        if (actual.Length != predicted.Length)
            throw new ArgumentException("There is one prediction for each outcome.", nameof(predicted));
        this.actual = actual;
        this.predicted = predicted;
    }

    public override int Count => actual.Length;

    public ReadOnlySpan<double> Actual => actual;

    public ReadOnlySpan<double> Predicted => predicted;

    public override Outcomes Take(ReadOnlySpan<int> rows) =>
        new RegressionOutcomes(Pick(actual, rows), Pick(predicted, rows));

    public override double Loss(int row) => Math.Abs(Error(row));

    protected override double? Measure(string name) => name switch
    {
        "rmse" => Math.Sqrt(CompensatedSum.Mean(Count, row => Error(row) * Error(row))),
        "mae" => CompensatedSum.Mean(Count, row => Math.Abs(Error(row))),
        "r2" => Determination(),
        "mape" => RelativeError(),
        "bias" => CompensatedSum.Mean(Count, Error),
        _ => throw Unknown(name),
    };

    double Error(int row) => predicted[row] - actual[row];

    double? Determination()
    {
        // Asked of the values and not of their spread, which rounding may keep from being exactly 0.
        if (actual.AsSpan().IndexOfAnyExcept(actual[0]) < 0)
            return null;
        var mean = CompensatedSum.Mean(Count, row => actual[row]);
        var residual = CompensatedSum.Mean(Count, row => Error(row) * Error(row));
        var total = CompensatedSum.Mean(Count, row => (actual[row] - mean) * (actual[row] - mean));
        return 1 - residual / total;
    }

    double? RelativeError()
    {
        var sum = new CompensatedSum();
        var rows = 0;
        for (var row = 0; row < Count; row++)
        {
            if (actual[row] == 0)
                continue;
            rows++;
            sum.Add(Math.Abs(Error(row) / actual[row]));
        }
        return Ratio(sum.Value, rows);
    }
}
