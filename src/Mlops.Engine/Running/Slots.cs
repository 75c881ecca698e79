namespace Mlops.Engine;

/// <summary>
/// The run's bound: bodies work only while they hold as many slots as they keep cores busy. Where several
/// wait, the one on the longest expected path goes first.
/// </summary>
sealed class Slots
{
    readonly Lock granting = new();
    readonly PriorityQueue<Waiter, double> waiting = new();
    int free;

    public Slots(int count) => Count = free = count;

    public int Count { get; }

    /// <summary>How many nobody holds or waits for.</summary>
    public int Free
    {
        get
        {
            lock (granting)
                return waiting.Count == 0 ? free : 0;
        }
    }

    /// <param name="cores">More than there are slots counts as all of them.</param>
    /// <param name="urgency">Asked only if there is a queue; the higher the sooner.</param>
    public async Task Take(int cores, Func<double> urgency, CancellationToken cancellation)
    {
        Waiter waiter;
        lock (granting)
        {
            waiter = new Waiter(Math.Clamp(cores, 1, Count));
            if (waiting.Count == 0 && waiter.Cores <= free)
            {
                free -= waiter.Cores;
                return;
            }
            waiting.Enqueue(waiter, -urgency());
        }
        await using var registration = cancellation.Register(() => Leave(waiter, cancellation));
        await waiter.Granted.Task;
    }

    public void Give(int cores)
    {
        lock (granting)
        {
            free += Math.Clamp(cores, 1, Count);
            Grant();
        }
    }

    /// <remarks>Those behind it may be content with what is free already.</remarks>
    void Leave(Waiter waiter, CancellationToken cancellation)
    {
        lock (granting)
            if (waiter.Granted.TrySetCanceled(cancellation))
            {
                waiting.Remove(waiter, out _, out _);
                Grant();
            }
    }

    void Grant()
    {
        while (waiting.TryPeek(out var next, out _) && next.Cores <= free)
        {
            waiting.Dequeue();
            free -= next.Cores;
            next.Granted.SetResult();
        }
    }

    sealed class Waiter(int cores)
    {
        public int Cores => cores;

        public TaskCompletionSource Granted { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
