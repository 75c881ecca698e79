using System.Text.Json;
using Mlops.Data.Statistics.Detectors;

namespace Mlops.Data.Tests.Statistics;

public sealed class StreamVectorTests
{
    [Fact]
    public void EveryAlarmAndWarningOfSevenStreamsAgrees()
    {
        var compared = 0;
        foreach (var (id, expected, values) in ReferenceVectors.Streams())
            foreach (var property in expected.EnumerateObject())
            {
                Places(property.Name, values).ShouldBe(Places(property.Value), $"{id} {property.Name}");
                compared++;
            }
        compared.ShouldBe(27);
    }

    [Fact]
    public void AStreamOfEqualValuesNeverAlarms()
    {
        var equal = Enumerable.Repeat(3.0, 5000).ToArray();
        string[] names = ["page_hinkley_increase", "page_hinkley_two_sided", "adwin_exact_window"];
        foreach (var name in names)
            Places(name, equal).ShouldBeEmpty(name);
        Places("ddm_drift", new double[5000]).ShouldBeEmpty();
    }

    /// <summary>
    /// That none came so far is no proof that none comes; as soon as they come often it has changed.
    /// </summary>
    [Fact]
    public void OneErrorAfterNoneIsNoChange()
    {
        double[] rare = [.. Enumerable.Range(0, 5000).Select(i => i % 1000 == 999 ? 1.0 : 0)];
        Places("ddm_drift", rare).ShouldBeEmpty();
        double[] broken = [.. Enumerable.Range(0, 2000).Select(i => i >= 1000 && i % 3 == 0 ? 1.0 : 0)];
        Places("ddm_drift", broken)[0].ShouldBeInRange(1000, 1010);
    }

    static int[] Places(string name, double[] values) => name switch
    {
        "page_hinkley_increase" => Alarms(new PageHinkleyIncrease(new PageHinkleySettings()), values),
        "page_hinkley_two_sided" => Alarms(new PageHinkleyTwoSided(new PageHinkleySettings()), values),
        "adwin_exact_window" => Alarms(new AdaptiveWindow(), values),
        "ddm_drift" => Alarms(new ErrorRateDetector(), values),
        "ddm_warning_starts" => WarningStarts(values),
        _ => throw new ArgumentException($"There is no detector '{name}'.", nameof(name)),
    };

    static int[] Alarms(IStreamDetector detector, double[] values) =>
        [.. Enumerable.Range(0, values.Length).Where(i => detector.Add(values[i]) == DetectorState.Alarm)];

    static int[] WarningStarts(double[] values)
    {
        var detector = new ErrorRateDetector();
        var before = DetectorState.Still;
        var starts = new List<int>();
        for (var i = 0; i < values.Length; i++)
        {
            var state = detector.Add(values[i]);
            if (state == DetectorState.Warning && before != DetectorState.Warning)
                starts.Add(i);
            before = state;
        }
        return [.. starts];
    }

    static int[] Places(JsonElement places) => [.. places.EnumerateArray().Select(place => place.GetInt32())];
}
