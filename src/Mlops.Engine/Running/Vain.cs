namespace Mlops.Engine;

/// <summary>
/// What was worked for a step and came to nothing: what failed, and guesses that were given up.
/// </summary>
sealed class Vain
{
    readonly Lock adding = new();
    TimeSpan elapsed, cpu;

    public void Add(TimeSpan elapsed, TimeSpan cpu)
    {
        lock (adding)
        {
            this.elapsed += elapsed;
            this.cpu += cpu;
        }
    }

    public StepResult AddedTo(StepResult result)
    {
        lock (adding)
            return result with { Duration = result.Duration + elapsed, Cpu = result.Cpu + cpu };
    }
}
