namespace Mlops.Engine;

/// <summary>A body's place in a run: it works only while it is seated, and is charged for what it uses meanwhile.</summary>
sealed class Seat(Slots slots, CpuMeter meter, int cores, Func<double> urgency)
{
    readonly CpuMeter.Account account = new();

    /// <summary>What the body used up to now.</summary>
    public TimeSpan Settle()
    {
        meter.Enter(account);
        return account.Used;
    }

    public Task Take(CancellationToken cancellation) => Take(urgency, cancellation);

    public void Give()
    {
        meter.Leave(account);
        slots.Give(cores);
    }

    /// <summary>Lets others work while the body waits for calls of its own; then it goes first, to end what it began.</summary>
    public async Task<T> Leave<T>(Func<Task<T>> wait)
    {
        Give();
        try
        {
            return await wait();
        }
        finally
        {
            await Take(() => double.MaxValue, CancellationToken.None);
        }
    }

    async Task Take(Func<double> urgency, CancellationToken cancellation)
    {
        await slots.Take(cores, urgency, cancellation);
        meter.Enter(account);
    }
}
