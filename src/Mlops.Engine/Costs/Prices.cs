namespace Mlops.Engine;

/// <summary>What computing costs here.</summary>
/// <param name="PerCoreHour">In <paramref name="Currency"/>, for one core that is busy for an hour.</param>
/// <param name="Currency">As in ISO 4217: <c>EUR</c>.</param>
/// <param name="WattsPerCore">What a busy core draws, with its share of the rest of the machine.</param>
public sealed record Prices(double PerCoreHour, string Currency, double WattsPerCore)
{
    const double SecondsPerHour = 3600;

    public double Money(double cpuSeconds) => cpuSeconds / SecondsPerHour * PerCoreHour;

    public double WattHours(double cpuSeconds) => cpuSeconds / SecondsPerHour * WattsPerCore;
}
