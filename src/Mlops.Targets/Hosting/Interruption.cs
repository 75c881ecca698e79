using System.Runtime.InteropServices;

namespace Mlops.Targets;

/// <summary>
/// Turns the first Ctrl-C or termination signal into a cancellation; the second ends the process as the
/// operating system would.
/// </summary>
sealed class Interruption : IDisposable
{
    readonly CancellationTokenSource source = new();
    readonly List<PosixSignalRegistration> registrations = [];

    public CancellationToken Token => source.Token;

    public void Listen(Action announce)
    {
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel));
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel));

        void Cancel(PosixSignalContext signal)
        {
            if (source.IsCancellationRequested)
                return;
            signal.Cancel = true;
            // Nothing of a target's own runs on the signal's thread, and a stalled console delays no cancellation.
            _ = source.CancelAsync();
            announce();
        }
    }

    /// <summary>Cancels as a signal would.</summary>
    public void Cancel() => source.Cancel();

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        source.Dispose();
    }
}
