using System.Diagnostics;

namespace Mlops.Engine.Tests.Scheduling;

public sealed class CpuMeterTests
{
    [Fact]
    public void ThePeakOfMemoryIsInBytes()
    {
        using var process = Process.GetCurrentProcess();

        CpuMeter.PeakMemoryBytes().ShouldBeInRange(process.WorkingSet64 / 2, 4 * process.PeakWorkingSet64);
    }

    [Fact]
    public void WhatBodiesUseTogetherIsSharedAndWhatOneUsesAloneIsItsOwn()
    {
        var meter = new CpuMeter();
        var (first, second) = (new CpuMeter.Account(), new CpuMeter.Account());
        meter.Enter(first);
        meter.Enter(second);
        Burn();
        meter.Leave(second);
        var together = second.Used;
        Burn();
        meter.Leave(first);
        Burn();

        second.Used.ShouldBe(together);
        together.ShouldBeGreaterThan(TimeSpan.Zero);
        first.Used.ShouldBeGreaterThan(together);
    }

    [Fact]
    public void ProcessesThatABodyStartedAreChargedToIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(),
            "The system does not say what children used.");
        var meter = new CpuMeter();
        var account = new CpuMeter.Account();
        meter.Enter(account);
        using var process = Process.Start("sh", ["-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done"]);
        process.WaitForExit();
        meter.Leave(account);

        account.Used.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(50));
    }

    static void Burn()
    {
        var start = Environment.CpuUsage.TotalTime;
        while (Environment.CpuUsage.TotalTime - start < TimeSpan.FromMilliseconds(30))
            Thread.SpinWait(1000);
    }
}
