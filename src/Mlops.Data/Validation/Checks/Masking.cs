namespace Mlops.Data.Validation.Checks;

/// <summary>Takes values out of what people are shown.</summary>
public static class Masking
{
    /// <summary>What stands for a value that nobody is shown.</summary>
    public const string Mask = "•••";

    public static CheckOutcome All(CheckOutcome outcome) => outcome with
    {
        Samples = [.. outcome.Samples.Select(sample =>
            sample with { Value = sample.Value is null ? null : Mask })],
    };
}
