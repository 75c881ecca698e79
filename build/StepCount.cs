using System.Globalization;
using Mlops.Engine;

/// <summary>How many steps came out how, and what reuse saved.</summary>
sealed class StepCount
{
    int executed, reused, rejected, stopped;
    double saved, spent;

    public void Add(StepResult result)
    {
        if (result.Rejected)
            rejected++;
        switch (result.Status)
        {
            case StepStatus.Executed:
                executed++;
                spent += result.Duration.TotalSeconds;
                break;
            case StepStatus.Reused:
                reused++;
                saved += result.SavedSeconds;
                break;
            default:
                stopped++;
                break;
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{executed} executed in {spent:0.0} s, {reused} reused (saved {saved:0.0} s), {rejected} rejected, {stopped} not run");
}
