namespace Mlops.Data.Validation.Checks;

/// <summary>Takes values out of what people are shown.</summary>
public static class Masking
{
    /// <summary>What stands for a value that nobody is shown.</summary>
    public const string Mask = "•••";

    /// <param name="saysValues">Whether what it found may hold values too.</param>
    public static CheckOutcome All(CheckOutcome outcome, bool saysValues = false) => outcome with
    {
        Observed = saysValues ? $"found: {Mask}" : outcome.Observed,
        Samples = [.. outcome.Samples.Select(sample =>
            sample with { Value = sample.Value is null ? null : Mask })],
    };
}
